
cancel = Cancel
cancelled = Cancelled. Nothing was sent.
nothing_open = Nothing is open, so there is nothing to cancel.
menu = What would you like to do?
hello = { $part ->
    [pagi] Good morning
   *[other] Hello
  }, { $name }. What would you like to do?
salam = Waalaikumsalam, { $name }. What would you like to do?
help = Just write as you speak, for example "leave tomorrow until Friday". "Cancel", "back" and "menu" always work. What would you like to do?
missed = I didn't understand that one. What I can help with:
person = Sure. Reach HR: { $names }. Or write to the help desk:
person_unnamed = Sure. Please reach your company's HR, or write to the help desk:
missed_twice = I still don't understand. Ask the help desk, or HR directly: { $names }.
missed_twice_unnamed = I still don't understand. Ask the help desk.
not_here_yet = That can't be done here yet; please ask HR. What works already:
only_text = I can only read text so far; a few words will do.
unclear = I didn't catch that. Choose one, or put it in other words.
unclear_twice = I still didn't catch that. If it's easier, ask HR: { $names }. Or answer this:
welcome = You're welcome.
fine = Fine.
did_you_mean = Did you mean:
not_that = Not that
go_on = Go on
discard = Discard
skip = Skip
topic_leave_request = Request leave
topic_leave_balance = Leave balance
topic_leave_explain = Balance in detail
topic_leave_status = Leave status
topic_leave_cancel = Take a request back
topic_holiday_calendar = Public holidays
topic_approvals_waiting = Waiting for me
topic_who_is_away = Who is away
choice_leave = Request leave
choice_balance = Leave balance
choice_status = Leave status
choice_waiting = Waiting for me
switched = Of course.
switched_menu = Of course, English it is. What would you like to do?
asked_before = That was sent already at { $at } ({ $number }), waiting for { $who }. I won't send it twice.
stale_button = That button belongs to a question that is over. Write "leave status" to see your requests.
unchanged = Fine, { $number } stays { $days }.
belongs_to = That button belongs to { $number }, which { $state ->
    [applied] { $who } approved at { $at }. Do you want to change that leave?
    [in_review] is waiting for { $who }. Do you want to change it?
    [returned] { $who } sent back to be changed. Do you want to change it?
    [rejected] { $who } did not approve, { $at }. Do you want to ask again?
   *[other] was closed at { $at }. Do you want to ask again?
  }
ask_change = Ask for a change
ask_anew = Ask again
leave_it = Leave it
topic_leave_change = Change leave dates
topic_collective_work = Work collective day
topic_permission_request = Permission to be off
topic_sick_leave = Record sick days
topic_leave_forecast = What would be left
topic_leave_untaken = If I take none
topic_ticket_new = Ask the help desk
topic_ticket_status = Ticket status
unknown_button = That button no longer works. Write "menu" to see what can be done.
private_only = I answer HR matters in a private chat, so that nobody else reads them.
private_only_at = I answer HR matters in a private chat, so that nobody else reads them: { $link }
too_fast = That is faster than I can answer. In a minute I answer again; what is written before then I won't read.
failed = Something went wrong on our side. Your message is kept and noted; nothing was sent. Please write it once more.
no_voice = I can't listen to voice messages yet; type a few words, or choose:
no_location = I don't use locations for anything yet; type a few words, or choose:
edited = I don't read a message again once it is edited, so the answer stands. If something has changed, write it in a new message, such as "no, tomorrow".
taken_back = Fine, I delete it from this chat.
nothing_to_take_back = There is no message of mine to delete here. A summary I sent on Telegram goes by itself after 24 hours; your own messages you can delete on your screen.
other_language = I read Indonesian and English. Saya membaca bahasa Indonesia dan Inggris.
alarm_danger = Get to a safe place first, then call 112 (fire, police, ambulance; free). Once you are safe, tell HR: { $names }.
alarm_danger_unnamed = Get to a safe place first, then call 112 (fire, police, ambulance; free). Once you are safe, tell HR.
alarm_accident = Call 119 (ambulance) or 112 now, and don't leave whoever is hurt alone. Then tell HR: { $names }.
alarm_accident_unnamed = Call 119 (ambulance) or 112 now, and don't leave whoever is hurt alone. Then tell HR.
alarm_harassment = This is not your fault. If you are in danger, call 110 (police) or 112; SAPA 129 stands by victims of violence. At work, talk to somebody you trust, or to HR: { $names }.
alarm_harassment_unnamed = This is not your fault. If you are in danger, call 110 (police) or 112; SAPA 129 stands by victims of violence. At work, talk to somebody you trust, or to HR.
alarm_life = Thank you for writing. You are not alone: call 119 and press 8 (mental health line, 24 hours), or 112 if it is urgent. If you can, talk to somebody now, at home or in HR: { $names }.
alarm_life_unnamed = Thank you for writing. You are not alone: call 119 and press 8 (mental health line, 24 hours), or 112 if it is urgent. If you can, talk to somebody now.
upset = I can see this is annoying. Write in a few words what you need, or ask HR directly: { $names }.
upset_unnamed = I can see this is annoying. Write in a few words what you need, or ask HR directly.
not_an_answer = That sounds like a question, so I did not note it as your answer.
needed = This one can't be skipped: what follows depends on the answer. Write cancel to drop it.
needed_days = The dates can't be skipped: without them nothing can be counted and nobody can approve. Write cancel to drop it.
reason_awaited = Sure, just write it, such as "a family matter".
needed_reason = The reason can't be skipped: whoever asked will read it. Write cancel to drop it.
not_here_yet_open = That can't be done here yet; please ask HR.
no_such_day = { $month } has only { $last } days.
go_on_task = Back to { $task ->
    [leave_change] the new dates for your leave
    [withdraw] taking your leave back
    [collective_work] working on the collective day
    [reject] the rejection
    [change] the change you asked for
    [object] your objection
    [paper] your file
   *[other] what you were doing
  }?
help_open = Just write as you speak. "Cancel", "back", "repeat", "menu" and "person" always work; "continue" takes up what waits.
nothing_rests = Nothing is waiting. What would you like to do?
nothing_to_skip = No question is open, so there is nothing to skip.
nothing_said = I have not said anything yet. What would you like to do?
locked = Already locked: nothing in this chat was opened with a PIN.
number_drop = Cancel
number_person = Person
numbers_on = Fine, from now on just type the digit. To go back to buttons, write "use buttons".
numbers_on_menu = Fine, from now on just type the digit. To go back to buttons, write "use buttons". What would you like to do?
numbers_off = Fine, back to buttons.
numbers_off_menu = Fine, back to buttons. What would you like to do?
let_go = Only three things can wait, so I have let go of { $task ->
    [leave] your leave request
    [leave_change] the new dates for your leave
    [withdraw] taking your leave back
    [collective_work] working on the collective day
    [reject] the rejection
    [change] the change you asked for
    [object] your objection
    [paper] your file
   *[other] the oldest one
  }. Nothing of it was sent.
topic_privacy_request = Personal data
