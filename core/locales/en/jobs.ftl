# The jobs page
title = Jobs
heading = { $count ->
    [0] All work is done.
    [one] One job waits its turn.
   *[other] { $number } jobs wait their turn.
  }
heading_parked = { $count ->
    [one] One job stopped and waits for you.
   *[other] { $number } jobs stopped and wait for you.
  }
lead = What Serambi does by itself once something was saved.
parked = Stopped after five failures
parked_none = Nothing has stopped.
what = Job
tries = Attempts
why = Cause
since = Since
act = Action
unknown = not known
again = Try again
drop = Drop
done_tried = That job is being tried again now.
done_dropped = That job was dropped.
not_parked = That job is no longer stopped. Load this page again.
works = Long work
progress = { $done } of { $total }
state_running = running
state_done = done
state_failed = failed
state_stopped = stopped
messages = Messages that did not arrive in the last seven days
messages_none = Every message arrived.
channel = Through
stranger = somebody unknown
message_failed = refused
message_unknown = nobody knows whether it arrived
message_parked = waits for its channel
schedule = Schedule
last = Last
next = Next
never = never yet
name_leave_nightly = Leave every night: grants, expiries, collective days
name_leave_bring_up_to_date = Leave brought up to today
name_audit_nightly = The audit trail checked every night
name_audit_verify = The audit trail checked
name_purge_nightly = What was kept long enough deleted every night
name_purge_sweep = What was kept long enough deleted
name_approvals_remind = A reminder to an approver
name_approvals_escalate = The head asked to decide too
name_approvals_delegation = Give the cards to a stand-in
name_approvals_apply = Put an approval into effect again
name_approvals_begun = Tell what begins undecided
name_approvals_expire = Close a request at its limit
name_approvals_organisation = Look every hour who holds which post
name_approvals_follow = Let open steps follow the posts
name_deliver = Sending a message
name_people_tell_moved = Telling people that their address or number changed
name_accounts_tell_changed = Telling an owner what changed of signing in
name_chats_silent = Look every day which chats fell silent
name_chats_tell_silent = Telling chats that they fell silent
name_answer = Answering a message
name_strangers_tell = Telling HR about somebody unknown
name_exports_make = Writing an export file
drop_title = Drop job { $number }?
drop_what = What it was to do ({ $name }) stays undone and cannot be done again. That you dropped it stays in the audit trail.
drop_type = Type { $number } to drop it
drop_wrong = Type { $number } exactly as it stands above.
drop_do = Drop job { $number }
drop_not = Keep it
work_export = Export file
work_heading_running = { $what } is being made.
work_heading_done = { $what } is ready.
work_heading_failed = { $what } could not be made.
work_heading_stopped = { $what } was stopped.
work_began = Begun { $at }. You may leave this page.
work_ends = Done at about { $at }.
work_stop = Stop
work_stopping = It stops after the part it is doing. No file is made.
work_fetch = Fetch the file
work_kept = Kept for one day, only for whoever asked for it.
name_rehearsals_replay = Chats that are kept replayed
name_rehearsals_hourly = Look every hour which kept chats to replay
