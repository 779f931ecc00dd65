# The help desk
desk = the help desk
ask_desk = Ask the help desk
emergency = { $number } is urgent: somebody needs a person now. Open the desk and get in touch directly: { $link }
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
dispute_what = Sure. Write what is wrong in your eyes and what it should be; name the ticket if there is one.
dispute_confirm = I'll send it as a dispute: "{ $words }". It is answered as soon as any question, and decided within { $days } working days of sending it. Send it like that?
dispute_opened = Dispute { $number }. Answered by { $by } at the latest, decided by { $decided } at the latest. You'll be told the decision here, with its reasons.
dispute_opened_open = Dispute { $number }. When it will be answered can't be promised yet, because the help desk is closed until further notice; it is decided within { $days } working days once it opens.
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
days = { $days ->
    [one] { $days } day
   *[other] { $days } days
  }
hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
  }
receipt_counts = { $when }: { $hours }
receipt_adds = { $when }: { $hours }, total { $sum }
receipt_skips = { $days }: not counted
receipt_skips_for = { $day }, { $why }: not counted
receipt_pause = waiting for your answer
why = Because what counts is { $what }:
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
taken_by = { $who } took { $number } before you. To have it all the same, press "Take over from { $who }".
newer = Something new arrived in { $number } since this page was opened. Read it first, then send again.
words_needed = Write the message first.
too_long = At most { $most } characters. Make it shorter, or send it as two messages.
too_many = You have { $most } open tickets already. Close one that isn't needed any more, or add to one of them.
no_rating = Choose a number from 1 to 5.
variable_unknown = Nothing is called { $names }. Choose one from the list, or take the braces away.
variable_missing = { $names } has no value for this requester. Write it yourself, or take it out.
file_here = File: { $name }
file_there = The file { $name } lies in your ticket: { $link }
file_needed = Choose the file first.
left_already = That answer was sent already, or was taken back.
not_your_answer = Only its writer can take that answer back.
reply_gone = That saved reply was removed. Choose another one.
reply_taken = The shortcut { $shortcut } belongs to another reply.
reply_many = There are { $most } saved replies already. Remove what is not used any more.
reply_shortcut = Shortcut: 2 to 24 lower case letters, digits or hyphens, such as uniform-dates.
reply_title = Give it a title of { $most } characters at most.
reply_words = Write the words in both languages, { $most } characters each at most.
reply_then = Choose how the ticket stands afterwards, and a tag of 30 characters at most.
merge_itself = { $number } can't be merged into itself. Write the number of another ticket.
merge_other_person = Only tickets of the same person can be merged. Link them where they belong together.
merge_closed = What is closed can't be merged. Open a follow-up, or link them.
merge_chain = Others were merged into { $number }. Take those apart first, or merge the other way round.
not_merged = { $number } is not merged into another ticket.
unmerge_late = After { $days } days it can't be taken apart any more. Open a follow-up.
split_what = Only a message of the requester after the first can become a ticket of its own, once.
link_itself = A ticket can't be linked to itself.
link_there = { $number } is linked already.
tag_words = Tag: 1 to { $most } letters, no comma.
tag_many = { $most } tags at most. Take one off first.
snooze_when = Choose a day after today, a year away at most.
no_such = There is no ticket { $number }. Write its number like T-41.
mention_which = There are several called { $name }: { $names }. Write the whole name.
mentioned = { $who } named you in a note of { $number }. Open the help desk: { $link }
by_then = It is promised by { $by }.
file_alone = A file without words
merged = { $of } was merged into { $number }, since it is the same matter: it is answered in { $number }.{ $promise }
unmerged = { $number } was taken apart from { $of } and goes on by itself.{ $promise }
split_off = One of your messages in { $of } is a ticket of its own now, { $number }.{ $promise }
followed_up = { $who } opened { $number }, which goes on with { $of }.{ $promise }
handed_back = { $who } handed this chat back to me; { $number } goes on.
handed_back_on = { $who } handed this chat back to me; { $number } goes on. Go on with { $task ->
    [leave] your leave request
    [withdraw] taking your leave back
    [leave_change] changing your days
    [collective_work] working on collective leave
    [paper] your file
   *[other] what you were doing
  } from the last step?
given_to_you = { $number } is with you now: { $subject }
room_out_of_bounds = The number of tickets must be between 1 and { $most }.
agent_blocked = Not yet: this colleague's account is blocked. Choose somebody else.
not_at_desk = Not yet: this person doesn't work at the desk. Choose a name from the list.
none_chosen = Not yet: no ticket would change. Tick tickets in the list first, or choose all that match.
too_many_chosen = Not yet: at most { $most } tickets at once. Narrow the filters.
no_act = Not yet: choose what to do first.
counts_running = { $hours } on working days
counts_office = { $hours } of office time
counts_close = until close of business of working day { $days } after the day it arrived
receipt_hours = outside office hours
receipt_estimated = { $name } (estimated)
alarm_warned = { $number } ({ $about }) comes close to its target: to be { $which ->
    [solve] solved
   *[answer] answered
  } by { $by }{ $left }.
alarm_late = { $number } ({ $about }) missed its target: it was to be { $which ->
    [solve] solved
   *[answer] answered
  } by { $by }.
alarm_broken = The promise of { $number } ({ $about }) is broken: it was to be { $which ->
    [solve] solved
   *[answer] answered
  } by { $by }. Please see to it now.
moved = The limit of { $number } changed because of { $why }. It is now { $by }.
moved_open = For { $number } no limit can be promised for now, because of { $why }. Once we are open again you are told the new one.
outcome_needed = A dispute ends with an outcome: choose it and write the reasons.
