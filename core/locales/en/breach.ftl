# The breach desk
title = Data breaches
heading = { $count ->
        [0] No breach is open.
        [one] One breach is not closed yet.
       *[other] { $number } breaches are not closed yet.
    }
lead = Where personal data came into the wrong hands, the people and the authority are told in writing within 3 x 24 hours (Law 27/2022 art. 46).
list = What was declared
none = There was none yet.
declare = Declare a breach
declare_do = Declare it and draft the letters
declare_hint = The list of people and the letters make themselves. Nothing leaves before you press Send.
found_at = First noticed
found_hint = The clock of the law begins here.
kinds = Data that were exposed
kind_identity = identity
kind_contact = contact
kind_employment = employment
kind_leave = leave
kind_message = chat messages
kind_health = health
kind_finance = wages and bank accounts
kind_password = passwords
whose = Whose data
whose_everybody = Everybody of whom data are kept
whose_department = One department
whose_location = One place of work
whose_numbers = The numbers below
department = Department
location = Place
numbers = Employee numbers
numbers_hint = Parted by spaces or lines, at most 500.
how = When and how it happened
how_hint = The people concerned read this sentence.
handling = Handling and recovery
handling_hint = What was done and is being done.
advice = What its reader can do
advice_hint = Such as: change your password, beware of calls that ask for a code.
english = Write it in English too
how_en = How, in English
handling_en = Handling, in English
advice_en = Advice, in English
authority = Authority
authority_usual = Ministry of Communication and Digital Affairs
authority_hint = Who receives the notice beside the people.
drill = A drill
drill_hint = All of it is made, nothing is sent.
drill_chip = drill
drill_told = This is a drill: nothing is sent.
drill_sheet = DRILL
concerns = { $count ->
        [0] Nobody is on the list yet.
        [one] One person is concerned.
       *[other] { $number } people are concerned.
    }
due_by = Deadline of the law: { $at }.
state_listing = making the list
state_open = not sent yet
state_sending = being sent
state_told = people were told
state_closed = closed
found = First noticed { $at }.
declared = Declared by { $who }.
left = { $count ->
        [one] One hour is left to tell everybody.
       *[other] { $hours } hours are left to tell everybody.
    }
late = The deadline of the law has passed. Tell everybody now.
told_all = The people and the authority were told.
way = Way
way_chat = by chat
way_mail = by e-mail
way_portal = on their pages
way_paper = by letter on paper
sent_at = Sent
listing = The list is being made.
sending = { $done } of { $all } sent.
sent = { $number } letters were sent, the last { $at }.
by_hand = { $count ->
        [one] One person has neither chat nor e-mail. Take the list and send the letter below on paper.
       *[other] { $number } people have neither chat nor e-mail. Take the list and send the letter below on paper.
    }
send = Send { $number } letters
letters = The letter they read
notice = Notice (PDF)
authority_do = I handed it to the authority
authority_told = Handed over { $at }.
learnt = What was learnt
learnt_hint = Why it could happen, and what keeps it from happening again.
close = Close it
done_declared = Declared. Look at the list and the letter.
done_sending = The letters are on their way.
done_authority = Noted as handed over.
done_closed = Closed.
notice_title = Notice of a personal data breach { $number }
notice_to = To: { $who }
notice_from = From: { $company }, as the controller
notice_found = First noticed: { $at }
notice_people = People concerned: { $number }. Data exposed: { $kinds }.
notice_sent = The people were told: { $at }
notice_signed = Data-protection officer, day, signature
letter = A notice about your personal data ({ $number }).

    These data were exposed to somebody who may not have them: { $kinds }.

    What happened: { $how }

    What we are doing: { $handling }

    What you can do: { $advice }

    Any question? Reply "help". You may complain to the data protection authority (Law 27/2022 art. 46).
mail_subject = A notice about your personal data ({ $number })
mail = These data were exposed to somebody who may not have them: { $kinds }.

    What happened: { $how }

    What we are doing: { $handling }

    What you can do: { $advice }

    You may complain to the data protection authority (Law 27/2022 art. 46).
told_hours = Breach { $number }: { $hours } hours are left to tell the people and the authority, until { $by }.
told_late = Breach { $number } is past the deadline of the law ({ $by }), and not everybody was told.
kinds_needed = Tick which data were exposed.
how_needed = Write how it happened, in { $least } to { $most } letters.
handling_needed = Write how it is handled, in { $least } to { $most } letters.
advice_needed = Write what its reader can do, in { $least } to { $most } letters.
english_too_long = The English sentences have at most { $most } letters.
authority_needed = Write which authority is told, in at most { $most } letters.
found_later = That time is still to come. Say when it was first noticed.
whose_needed = Choose whose data, and the department, place or numbers.
too_many_numbers = At most { $most } numbers at once. For more choose a department, a place, or everybody.
numbers_unknown = Nobody has the number { $numbers }. Look again.
learnt_needed = Write what was learnt, in { $least } to { $most } letters.
drill_sends_nothing = This is a drill: nothing is sent or handed over.
still_listing = Wait until the list is made or the letters have gone.
sent_already = The letters were sent already.
not_told_yet = Tell the people and the authority first, then close it.
closed_already = It is closed already.
