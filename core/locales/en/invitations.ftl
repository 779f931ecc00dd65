# Inviting many at once
title = Invite many
how = Choose whom, see how they can be reached, then invite them. Whoever is linked already is not invited again.
who = Whom
who_never = Who was never invited
who_unlinked = Everybody without a chat
file = From a file
any_file = Everybody
of_file = Only whom that file brought
whom = { $count ->
    [one] { $number } person will be invited
   *[other] { $number } people will be invited
  }
has_mail = Have an e-mail address
has_phone = A phone number alone
has_nothing = Neither
ways = Who has an e-mail address gets a mail with a code and a link. The others come onto a sheet of codes that is handed over.
ways_unserved = There is no mail server yet, so everybody's code comes onto a sheet of codes that is handed over.
begin = Invite { $count ->
    [one] { $number } person
   *[other] { $number } people
  }
nobody_left = Nobody needs inviting by this choice.
nobody = Nobody needs inviting by this choice. Choose otherwise.
running = Other invitations are still being sent. Wait until they are, or revoke them first.
revoked_already = These invitations were revoked already. Load the page again.
made = Invitations so far
people = People
none = Nobody was invited together yet.
batch = Invitations for { $count ->
    [one] { $number } person
   *[other] { $number } people
  }
became = What became of them
progress = { $done } of { $total } people
state_running = being sent
state_done = done
state_revoked = revoked
show = Show
show_all = All
is_used = used
is_waiting = waits for its turn
is_mailed = mailed
is_refused = mail was refused
is_sheet = on the sheet
is_expired = older than 72 hours
is_ended = no longer good
is_above = stands above you
is_blocked = account is blocked
is_often = invited too often
is_gone = no longer works here
is_stopped = not invited after all
revoke = Revoke what is unused
sheet = Sheet of codes
sheet_how = The codes that are still good of those who got no mail: once, within 72 hours. Whoever holds a code can act as its owner; hand it over yourself. Your reason and name are recorded.
sheet_page = Open to print
sheet_print = Print this page, cut it line by line, and hand each code to its person. To link a chat they write the code to Serambi.
sheet_empty = No code is still good.
back = These invitations
reason = What for
reason_hint = For example: handed out in the warehouse this morning.
code = Code
until = Good until
made_at = Invitations of
sheet_too_long = There are { $people } codes, and a page holds { $most }. Choose one place of work, or take them as XLSX or CSV.
pages_enough = Thirty pages of codes an hour, no more: the next one from { $again }.
above_you = Somebody who was invited here has a role above what you may do. Ask a Super Administrator to revoke these invitations. Nothing has changed.
