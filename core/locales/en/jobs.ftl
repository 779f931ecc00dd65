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
services = Chat services that do not answer
services_lead = What is meant for them waits and follows by itself; it counts as not yet tried. Other chats are not slower for it.
services_waiting = Waiting
messages = Messages that did not arrive
messages_some = { $count ->
    [one] { $number } message reached no chat of its person.
   *[other] { $number } messages reached no chat of their person.
 }
messages_none = Every message arrived.
channel = Through
schedule = Schedule
last = Last
next = Next
never = never yet
name_leave_nightly = Leave every night: grants, expiries, collective days
name_leave_bring_up_to_date = Leave brought up to today
name_audit_nightly = The audit trail checked every night
name_audit_verify = The audit trail checked
name_invitations_invite = Many people are invited
name_invitations_forget = Codes that open nothing are deleted
name_purge_nightly = What was kept long enough deleted every night
name_purge_sweep = What was kept long enough deleted
name_approvals_remind = A reminder to an approver
name_approvals_escalate = The head asked to decide too
name_approvals_delegation = Give the cards to a stand-in
name_approvals_delegation_over = Take the buttons from a stand-in whose time is over
name_approvals_apply = Put an approval into effect again
name_approvals_begun = Tell what begins undecided
name_approvals_expire = Close a request at its limit
name_approvals_organisation = Look every hour who holds which post
name_approvals_follow = Let open steps follow the posts
name_messages_erase = Take private messages back from a chat
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
name_mail_resume = Mail that waits for a server tried again every hour
name_attachments_remove = Removing a file
name_attachments_nightly = Files without an owner looked for every night
name_attachments_sweep = Files without an owner removed
name_people_leavers = Access of people who have left ended
name_people_leavers_hourly = People who have left looked for every hour
name_people_check = Checking a file of people
name_people_apply = Applying a file of people
name_people_undo = Taking a file of people back
name_people_forget_files = Old files of people removed every night
name_accounts_forgot = Sending the link for a new password
name_accounts_narrow_block = Keeping the block of an account to this company
name_leave_cover = Posting collective leave
name_leave_uncover = Taking collective leave back
name_leave_opening_check = Checking a file of opening balances
name_leave_opening_apply = Applying a file of opening balances
name_leave_opening_undo = Taking a file of opening balances back
name_leave_recount = Counting leave anew by the calendar
name_leave_unrecount = Putting a count of leave back
name_leave_worked = Recording who worked on collective leave
name_leave_unworked = Taking back the record of who worked on collective leave
name_leave_rejoined = Adjusting days to a corrected first day
name_leave_remind_paper = Reminding of a paper that is expected
name_keys_nightly = Keys of sealed data looked at every night
name_keys_renew = Sealing data anew with new keys
name_audit_anchors = The end of the audit noted outside the database every five minutes
name_messages_report = What WhatsApp reports about a message sent
