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
show_snoozed = Put aside
show_resolved = Marked as done
show_closed = Closed
empty_open = The queue is empty: every question is answered and done.
empty_mine = You have none. Take the next one from the queue.
empty_untaken = Somebody looks after every ticket.
empty_waiting = No ticket is waiting for its requester.
empty_snoozed = Nothing is put aside.
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
take_over = Take over from { $who }
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
clock_mine_answer = Promised to you, answer
clock_mine_solve = Promised to you, solution
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
done_given = Given to the colleague.
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
event_given = given to { $to } by { $who }
event_waits = waiting for the requester's answer
event_resumed = gone on with by { $who }
event_resolved = marked as done by { $who }
event_closed = closed
event_flagged = marked as urgent by { $who }
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
leaves_mine = Sent in a moment:
leaves_other = A colleague's answer is being sent:
leaves_stopped = Not sent:
take_back = Undo send
take_back_stopped = Take it back
done_leaves = Sent in a few seconds; below it can still be taken back.
done_back = Not sent. What you wrote is in the box again.
done_sent_file = The file was sent.
replies = Saved replies
replies_lead = What is sent often, in both languages. The requester gets it in their own.
replies_manage = Manage saved replies
reply_choose = Choose a reply
reply_insert = Insert
reply_run = Send at once
reply_hint = Type :: and its shortcut in the box, then a space. To be filled in: { $names }.
reply_sealed = Personal figures, filled in for the requester alone: { $names }.
reply_new = New reply
reply_change = Change the reply
reply_shortcut = Shortcut
reply_shortcut_hint = Lower case letters, digits and hyphens, 2 to 24. Typed after ::
reply_title = Title
reply_words_id = Words in Indonesian
reply_words_en = Words in English
reply_then = After it was sent
reply_then_open = stays open
reply_then_waiting_requester = waits for the requester
reply_then_resolved = marked as done
reply_tag = Tag that is put on
reply_save = Save
reply_remove = Remove
reply_none = No saved replies yet. Write the first below.
done_saved = Saved.
done_removed = Removed.
file_send = Send a file
file_choose = File
file_hint = PDF, picture, CSV or XLSX, 5 MB at most. Pictures are drawn anew without what the camera noted. On Slack and the web the requester is told where the file lies, never an open link.
file_words = Words with it
stopped_newer = the requester wrote again after you read.
stopped_closed = the ticket was closed.
stopped_needed = something is missing that is needed.
stopped_variable_missing = one of the braces has no value any more.
stopped_variable_unknown = one of the braces is not known any more.
done_merged = Merged; the requester is told.
done_unmerged = Taken apart again; the requester is told.
done_split = That message is a ticket of its own now; the requester is told.
done_tied = Linked.
done_untied = The link is gone.
done_tagged = Tags updated.
done_snoozed = Put aside. It comes back by itself, or as soon as the requester writes.
done_woken = Back in the queue.
done_handed = The talk is Serambi's again; the requester is told.
done_seen = Marked as read.
done_followed = A follow-up was opened; the requester is told.
named_in = You were named in notes:
named_here = You were named in a note of this ticket.
seen = I have read it
merged_into = This ticket goes on in
unmerge = Take apart again
merge = Merge into it
merge_into = Merge into { $number }
alike = The same person asked something similar:
split = Make it a ticket of its own
was_split = This message became a ticket of its own.
ties = Tags and links
tie_related = { $way ->
   *[other] related
  }
tie_duplicate = { $way ->
   *[other] the same question
  }
tie_follow_up = { $way ->
    [here] followed by
   *[there] follows
  }
tie_split = { $way ->
    [here] split off into
   *[there] split off from
  }
tie_merged = merged into this
untie = Unlink
tag = Tag
tag_put = Put on
untag = Take the tag off
snooze = Snooze until
snooze_put = Snooze
snoozed = put aside until { $until }
wake = Back to the queue
other = Another ticket
tie_put = Link
tie_same = Same question
follow_up = Open a follow-up
follow_up_what = What goes on?
follow_up_open = Open
hand_back = Hand back to Serambi
send_hand_back = Send, go on with the request
mention_hint = Name a colleague with @name, they are told:
event_merged = { $way ->
    [into] merged into { $other } by { $who }
   *[from] { $other } was merged into this by { $who }
  }
event_unmerged = { $way ->
    [into] taken apart from { $other } by { $who }
   *[from] { $other } was taken apart by { $who }
  }
event_split = { $who } made a message ticket { $other }
event_snoozed = put aside by { $who } until { $until }
event_woken = back in the queue
event_handed = the talk was handed back to Serambi by { $who }
goes_on_in = Merged, since it is the same matter. It goes on in
done_mine_file = The file was sent.
file_mine_hint = PDF, picture, CSV or XLSX, 10 MB at most.
done_sorted = Priority and category are saved.
done_filled = The fields were saved.
event_ranked = priority changed by { $who }
event_sorted = category changed by { $who }
event_recounted = its clocks were counted again by the calendar
dispute = dispute
dispute_tick = This is a dispute
dispute_hint = Where an answer or a figure you were given is wrong in your eyes. It is answered as soon as any question, and decided within 30 working days of sending it.
settle = Outcome of the dispute
settle_hint = A dispute ends with an outcome. Whoever raised it reads it with its reasons.
outcome = Outcome
outcome_upheld = Upheld
outcome_partly = Upheld in part
outcome_denied = Not upheld
outcome_why = Reasons, read by whoever raised it
settle_do = Decide
event_settled = dispute decided by { $who }
event_moved = { $step ->
    [asked] { $who } asked whether this ticket may go to the operator
    [moved] Went to the operator's desk, as whoever asked agreed
    [declined] Did not go to the operator
    [privacy] { $who } handed it to the privacy desk as { $other }
    [claimed] { $who } proved that this ticket is theirs
    [unclaimed] { $who } untied it from an employee
    [proof] { $who } asked by e-mail for proof of who writes
   *[back] Back at the company's desk
    }
done_mine_shared_yes = Sent to Serambi's team. Their answer comes here.
done_mine_shared_no = Not sent. HR goes on alone.
done_move_asked = Whoever asked was shown these words and asked whether they may go.
done_move_off = Withdrawn. Nothing was sent.
done_moved_back = Taken back. Whoever asked was told.
done_defect = Tied. Its reporter is told when it is mended.
fact_work = Work
fact_place = Place
fact_now = { $place }, { $time } now
fact_head = Head
fact_since = Since
fact_chats = Channels
fact_language = Language
fact_tickets = Tickets
fact_tickets_year = { $count ->
    [one] { $count } within a year
   *[other] { $count } within a year
}
fact_tickets_rated = { $count ->
    [one] { $count } within a year, last rated { $stars } of 5
   *[other] { $count } within a year, last rated { $stars } of 5
}
open_requests = Requests still open
figures = Their own figures
figures_why = Filled in as it is sent, for them alone; you send one without seeing it.
figure_insert = Insert
figure_leave_left = Annual leave left
figure_leave_taken = Annual leave taken
figure_leave_waiting = Days set aside
figure_leave_until = Usable until
done_to_privacy = Handed to the privacy desk. Whoever asked was told its number and until when it is answered.
done_proof_asked = The e-mail that asks for proof is on its way.
done_unclaimed = Untied. Answers go the way they went before.
done_mine_claimed = This ticket is yours now. Answers come here and to your chat.
