# The help desk: its pages
title = Help desk
mine = My tickets
heading = { $count ->
    [0] No open tickets
    [one] { $number } open ticket
   *[other] { $number } open tickets
  }
lead = { $mine } with you, { $untaken } not picked up, { $late } past their target.
take_next = Take next
number = Number
subject = Subject
requester = Requester
agent = Agent
target = Target
show = Show
show_open = Open
show_mine = Mine
show_untaken = Not picked up
show_waiting = Waiting for requester
show_resolved = Marked as done
show_closed = Closed
empty_open = The queue is empty: every question is answered and done.
empty_mine = You have none. Take the next one from the queue.
empty_untaken = Somebody looks after every ticket.
empty_waiting = No ticket is waiting for its requester.
empty_resolved = No ticket is waiting for its requester to say that it is done.
empty_closed = No ticket has been closed yet.
urgent = urgent
nobody = nobody yet
late = late
in_time = in { $time }
promise_broken = the promise has passed
no_due = Nothing is due.
state_new = new
state_open = open
state_waiting_requester = waiting for requester
state_resolved = marked as done
state_closed = closed
state_mine_new = sent
state_mine_open = being worked on
state_mine_waiting_requester = waiting for your answer
state_mine_resolved = marked as done
state_mine_closed = done
take = Take
release = Release
resume = Go on without waiting
calm = Not urgent any more
resolve = Mark as done
thread = Conversation
note_mark = internal note, not sent
open_file = Open the file
words = Message
send = Send
send_wait = Send, wait for answer
send_resolve = Send, done
save_note = Save as internal note
is_closed = This ticket is closed.
was_rated = Rated { $stars } of 5 by its requester.
clocks = Clocks
clock_promise_answer = Promise to the requester, answer
clock_promise_solve = Promise to the requester, solution
clock_target_answer = Target of the desk, answer
clock_target_solve = Target of the desk, solution
clock_paused = Stands still while the requester is asked
clock_unknown = Can't be told yet: closed until further notice
clock_late = late by { $time }
clock_left = { $time } left
receipt = Receipt of the promise
calendar_version = calendar { $version }
others = { $count ->
    [0] Has never asked before.
    [one] { $number } other ticket.
   *[other] { $number } other tickets.
  }
looked_after = With { $who }.
nobody_yet = Nobody looks after it yet.
done_taken = This ticket is yours now.
done_released = Given back to the queue.
done_answered = Sent.
done_waits = Sent; waiting for the requester's answer.
done_solved = Marked as done; the requester is asked whether it is.
done_noted = Internal note saved; it is sent nowhere.
done_resumed = No longer waiting for the requester.
done_calmed = Not marked as urgent any more.
event_opened = Ticket opened.
event_asked = { $who } sent a file.
event_reopened = { $who } opened it again.
event_unsolved = opened again by { $who }
event_thanked = { $who } said thanks.
event_answered = Answered by { $who }.
event_noted = Note by { $who }.
event_taken = picked up by { $who }
event_released = released by { $who }
event_waits = waiting for the requester's answer
event_resumed = gone on with by { $who }
event_resolved = marked as done by { $who }
event_closed = closed
event_flagged = the requester asked to be quick
event_calmed = no longer marked as urgent by { $who }
event_rated = rated { $stars } of 5
mine_lead = What you asked the help desk, and its answers.
ask_new = Ask the help desk
what_label = What do you need help with?
send_it = Send
all_mine = All your tickets
none_mine = No tickets yet. Write your question above, or in the chat.
is_done_button = It's done, close
write_more = Write more
promise = Promise
done_mine_opened = Sent. Until when it is answered stands on this page.
done_mine_added = Added.
done_mine_closed = Closed.
handed = From the talk
handed_task = Was busy with
handed_stuck = Stopped at
handed_misses = Answers were not understood { $number } times.
handed_sealed = sealed
handed_sealed_why = What is sealed is opened by HR alone. You can still answer, and the requester can go on from this step.
task = { $task ->
    [question] a question not yet answered
    [leave] a leave request
    [withdraw] taking leave back
    [leave_change] other days for leave
    [collective_work] working on collective leave
    [paper] a file
    [reject] a rejection
    [change] asking for a change
    [object] an objection
    [ticket_add] adding to a ticket
    [ticket_end] closing a ticket
    [ticket_rate] rating the help
   *[other] something else
  }
slot = { $slot ->
    [article] The article that was shown
    [when] Days
    [until] Until
    [part] Part of the day
    [kind] Kind
    [why] Reason
    [hours] Hours
    [sure] Last confirmation
    [clash] Days that clash
    [short] Days that are missing
    [stand_in] Stand-in
    [which] Request
    [paper] File
   *[other] Another answer
  }
slot_skipped = skipped
slot_part = { $part ->
    [morning] morning
    [afternoon] afternoon
   *[other] the whole day
  }
file_gone = The file was removed.
compose = Write
as_answer = Answer by { $through }
as_note = Internal note
articles = Articles that fit
articles_find = Find an article, or type ?? in the answer
insert = Insert
insert_of = Insert the answer of { $title }
no_articles = No article comes near.
