# The help desk
desk = the help desk
ask_desk = Ask the help desk
what = { $closed }Sure. What do you need help with? A few words will do.
closed_now = The help desk is closed and back on { $at }.
confirm = { $closed }I'll pass it to the help desk: "{ $words }". Send it like that?
yes_send = Yes, send
change_first = Change it
cancel = Cancel
not_sent = Fine. Nothing was sent.
opened = Ticket { $number }. Answered by { $by } at the latest, { $place ->
    [web] here and on the page My tickets
   *[chat] in this chat
  }.
opened_open = Ticket { $number }. When it will be answered can't be promised yet, because the help desk is closed until further notice; I'll tell you here once it opens.
reopened = { $number } is open again. Answered by { $by } at the latest.
reopened_open = { $number } is open again. When it will be answered can't be promised yet, because the help desk is closed until further notice.
see = See ticket
add_more = Add something
end = Close ticket
why_so_long = Why that late?
none = You have no tickets yet.
several = Your tickets:
    { $lines }
told = { $line }
looked_at = is with { $who }
not_taken = waits to be picked up
line_answer = { $number } ({ $about }) { $state }. Answered by { $by } at the latest{ $left }.
line_solve = { $number } ({ $about }) { $state }. Solved by { $by } at the latest{ $left }.
line_answer_late = { $number } ({ $about }) { $state }. The answer is late; it was promised for { $by }.
line_solve_late = { $number } ({ $about }) { $state }. The solution is late; it was promised for { $by }.
still = , in { $left }
line_no_due = { $number } ({ $about }) { $state }. When it is due can't be told, because the help desk is closed until further notice.
line_waiting = { $number } ({ $about }): { $who } is waiting for your answer.
line_resolved = { $number } ({ $about }) is marked as done. If it isn't, reply "not yet" until { $until }.
line_closed = { $number } ({ $about }) was done on { $at }.
minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
  }
hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
  }
receipt_counts = { $when }: { $hours }
receipt_adds = { $when }: { $hours }, total { $sum }
receipt_skips = { $days }: not counted
receipt_skips_for = { $day }, { $why }: not counted
receipt_paused = waiting for your answer
why = Because 48 hours on working days are counted:
    { $lines }
    So { $by }.
no_clock = { $number } is done; nothing is due any more.
due_unknown = When { $number } is due can't be told yet: the help desk is closed until further notice.
add_what = What would you like to add to { $number }?
added = Added to { $number }. The promise: { $by }.
added_open = Added to { $number }.
flagged = I've marked it as urgent for { $who }{ $known ->
    [yes] , but the promise stays { $by }.
   *[no] .
  }
end_sure = Close { $number }? It won't be answered any more.
yes_end = Yes, close
no_keep = Keep it
kept = Fine, { $number } stays open.
ended = { $number } is closed. How was the help?
is_done = It's done
is_not_done = Not yet
rate = Glad it's done. How was the help?
stars_1 = 1 Bad
stars_2 = 2 Poor
stars_3 = 3 Fair
stars_4 = 4 Good
stars_5 = 5 Very good
rate_why = Noted: { $stars }. What was missing? (you may skip this)
rated = Noted: { $stars }. Thank you.
rated_why = Noted, and the head of the help desk will read it. Thank you.
not_done_what = What is still missing? (you may skip this)
not_done_yet = It isn't done yet.
resolved = { $who } marked { $number } as done; I'm back. Is it done?
welcome = You're welcome. If it isn't done, reply "not yet" until { $until }.
answer_first = { $who } from the help desk is answering { $number }. I'll be quiet meanwhile; "menu" calls me back.
    { $who }: { $words }
answer = { $who }: { $words }
back_to_menu = I'm here again. Your ticket stays open.
closed = { $number } is closed. For something else, open a new ticket.
not_yours = There is no ticket { $number } of yours.
newer = Something new arrived in { $number } since this page was opened. Read it first, then send again.
words_needed = Write the message first.
too_long = At most { $most } characters. Make it shorter, or send it as two messages.
too_many = You have { $most } open tickets already. Close one that isn't needed any more, or add to one of them.
no_rating = Choose a number from 1 to 5.
