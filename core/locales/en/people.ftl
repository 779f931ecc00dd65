# People from a file: why a cell cannot be taken yet
unknown_column = There is no column { $value }. Check its spelling, or take the column out.
column_twice = The column { $value } is there twice. Keep one.
unknown_column_near = There is no such column: { $value }. After the arrow stands the nearest name; use it if it fits, or take the column out.
column_missing_named = A required column is missing. Give it one of these names: { $value }.
nik_alone = NIK may be the identity number or the employee number. If it is the employee number, use one of these names: { $value }.
month_first = { $value } is no date: the day comes first, then the month. Write it like 23/07/2024 or 2024-07-23.
needed = This cell is required.
name_of_new = The employee number { $value } isn't registered yet, and somebody new needs a name. If they are registered, check the number.
names_of_new = The file has no column for names, and new people need one: { $value } aren't registered yet. Add the column Name; if they are registered, check their numbers.
number_twice = Another row of this file has the employee number { $value } already.
too_many_cells = This row has more cells than there are columns. Put quotes around what contains a comma.
too_long = Too long: at most { $value } characters.
total_row = This row, { $value }, is a sum, not a person. Take the row out and send the file again.
not_a_date = { $value } isn't a date. Write it like 06/07/2026 (the day first), 6 July 2026 or 2026-07-06.
no_such_day = No calendar has the day { $value }. Check the day and the month.
unknown_zone = The time zone { $value } isn't known. Write for example Asia/Jakarta, Asia/Makassar or Asia/Jayapura.
unknown_role = The role { $value } isn't known. Write for example administrator or agent, or leave it empty.
role_needs_email = Whoever has a role needs an e-mail address to sign in.
unknown_type = The type { $value } isn't known. Write pkwt, pkwtt, daily, intern or freelance.
not_an_email = { $value } isn't an e-mail address.
looks_alike = The letter { $value } only looks like a Latin one. Type that word again in ordinary letters, so that it does not pass for another name.
wrong_length = The number of digits isn't right: NIK and KK have 16, NPWP has 15 or 16.
unknown_ptkp = The PTKP status { $value } isn't known. Write TK/0 to TK/3 or K/0 to K/3.
not_a_number = Write digits only, without points, commas or Rp. For example 5920000.
resigns_before_joining = The resign date { $value } comes before the join date.
last_super = The last Super Administrator stays. Appoint another one who has no last day; once they have accepted, this can be set.
unknown_manager = The manager { $value } is neither in this file nor registered.
own_manager = Nobody can be their own manager.
circle = The reporting line goes round: { $value }. Break the circle.
email_twice = Another row has the address { $value } already. Everybody needs an address of their own, or none.
email_taken = Somebody who is registered has the address { $value } already. Everybody needs an address of their own, or none.
other_zone = This location has the zone { $value } already. One place has one time zone.
manager_left = Manager { $value } has left. Name one who still works here.
number_of_leaver = The employee number { $value } belongs to a spell of work that has ended. Give the new spell a number of its own.
joins_after_change = Something changed from { $value } on already. The join date must come before that.
role_not_yours = Roles are given by a Super Administrator. Leave this cell empty.
column_not_yours = This column is filled in by an Administrator. Leave this cell empty.
batch_not_so = This file has moved on to another step. Load the page again.
undo_past = This was applied more than a year ago, and what was before is no longer kept. Send a new file or change the people on their pages.
undo_changed = Can't be taken back: { $numbers } changed again since.
undo_linked = Can't be taken back: { $numbers } linked a chat since.
undo_heads = Can't be taken back: { $numbers } became the manager of somebody else since.
undo_requests = Can't be taken back: { $numbers } asked for something since.
file_gone = The file was deleted after 30 days.
number_taken = The employee number { $value } is registered already.
read_again = People changed after this file was read, so it was read again. Look at it once more.
place_taken = The name { $value } is in use already.
place_gone = { $value } has another name now. Load the page again.
above_you =
    This row changes { $value ->
        [super_administrator] a Super Administrator
        [administrator] an Administrator
        [data_protection_officer] a Data Protection Officer
        [supporting_administrator] a Supporting Administrator
       *[agent] an Agent
    }. Only { $value ->
        [supporting_administrator] a Super Administrator or an Administrator
        [agent] a Super Administrator or an Administrator
       *[other] a Super Administrator
    } may do that.
above_address =
    This address belongs to the account of { $value ->
        [super_administrator] a Super Administrator
        [administrator] an Administrator
        [data_protection_officer] a Data Protection Officer
        [supporting_administrator] a Supporting Administrator
       *[agent] an Agent
    }. Only { $value ->
        [supporting_administrator] a Super Administrator or an Administrator
        [agent] a Super Administrator or an Administrator
       *[other] a Super Administrator
    } may use it for somebody else.
batch_above_you = This file holds people, roles or pay that are above what you may do. Ask a Super Administrator to go on. Nothing has changed.
before_first_day = Their work begins on { $value }. Choose that day or a later one, so that what holds from the first day stays on record.
zeros_lost = The name is that of { $value }: were zeros before it lost? Make this column text in your sheet and write the whole number. Another person of that name needs another number.
zeros_others = { $value }: that number is somebody else's, of another name, and only zeros before it differ. The same person? Write the whole number with its zeros, and check the name. Somebody new? Give another number.
zeros_nameless = { $value }: the number in this file isn't registered, and only zeros before it differ from one that is. The same person? Make this column text in your sheet and write the whole number. Somebody new? Give another number, and a name.
zeros_in_file = { $value }: two numbers in this file differ only in zeros before them. Write the right one whole, with its zeros, or give one of them another number.
unlikely_age = Born { $value } means an age below 13 or above 100. Look at the year.
joins_too_early = The join date { $value } comes before 1950. Look at the year.
not_a_phone = { $value } isn't a phone number. Write it like +62812xxxxxxx.
unknown_gender = The gender { $value } isn't known. Write female or male, or leave it empty.
moved_chat = { $what ->
    [email] Your e-mail address
    [phone] Your phone number
   *[other] Your e-mail address and phone number
  } in the HR data of { $company } changed on { $at }. If you don't know why, tell HR now, by a number you already have. Is somebody using your account? Write "block my account".
mail_moved =
    { $what ->
        [email] Your e-mail address
        [phone] Your phone number
       *[other] Your e-mail address and phone number
    } in the HR data of { $company } changed on { $at }.

    If you know of it, there is nothing to do.

    If you don't, tell HR now, in person or by a number you already have. If somebody may be using your account, block it: write "block my account" in a linked chat, or choose Block my account at { $link }
mail_moved_subject = { $what ->
    [email] Your e-mail address was changed
    [phone] Your phone number was changed
   *[other] Your e-mail address and phone number were changed
  }
named_missing = Nobody is named yet. Type a name or an employee number.
named_nobody = Nobody who works here has the name or number { $words }. Check the spelling.
named_near = It isn't clear who "{ $words }" is. Did you mean { $names }? Choose one, or write the number.
