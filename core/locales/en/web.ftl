# Web pages
skip = Skip to content
nav = Main menu
nav_short = Bottom menu
nav_more = More
nav_me = Mine
nav_home = Home
nav_my_leave = My leave
nav_chat = Chat
nav_approvals = Approvals
nav_leave = Employees' leave
nav_audit = Audit trail
sign_in = Sign in
sign_out = Sign out
language = Language
language_id = Bahasa Indonesia
language_en = English
language_other = Bahasa Indonesia
theme = Appearance
theme_system = Same as device
theme_light = Light
theme_dark = Dark
filter = Filter
filter_apply = Filter
filter_clear = Clear the filter
further = Next
number = Number
who = Who
dates = Dates
cost = Length
asked = Asked
with_whom = Waits for
state = State
with = with { $who }
days = { $many ->
    [one] { $days } day
   *[other] { $days } days
  }
state_in_review = waiting
state_applied = approved
state_recorded = recorded
state_rejected = rejected
state_withdrawn = withdrawn
state_returned = sent back
state_approved = approved, in hand
state_expired = closed
state_cancel_requested = to be cancelled
state_cancelled = cancelled
request_change = { $who } asked for a change, { $at }.
approvals_done_change = { $number } of { $name } goes back to be changed, with your reason.
error_prefix = Error:
offline = Connection lost. What you wrote is safe.

keys_title = Keys
keys_key = Key
keys_does = What it does
keys_hint = Press ? for keys.
keys_chat = Write a message
keys_walk = Next card, previous card
keys_approve = Go to the card's approve button
keys_reject = Open the card's reason for rejecting
keys_list = This list
keys_close = Close
keys_off = Switch single-letter keys off
keys_shut = Close

front_title = HR by chat
front_heading = HR gets done in the chat everybody already uses.
front_lead = An employee writes one sentence, the manager presses one button, and all of it is on record. Everyday language; public holidays and collective leave are already counted.
front_try = Try it now
front_example = A sample conversation
front_said_1 = can I take 12-14 august off, taking my kid to school
front_answer_1 = Annual leave 12 - 14 August, 3 working days, for taking my kid to school. 1 day left after. Send it to Sari?
front_said_2 = yes
front_answer_2 = Sent: C-121, waiting for Sari. 3 days are set aside for now.
front_answer_3 = Sari approved: leave 12 - 14 August. You have 1 day of annual leave left.
front_employees_title = For employees
front_employees = Telegram or this page: write as you always do. Dates are repeated with their weekday before anything is sent.
front_approvers_title = For managers
front_approvers = A card with its effect: days left, who else is away, how long it may wait. Pressed twice, it is still one decision.
front_company_title = For the company
front_company = A leave ledger that only grows, a chained audit trail, sealed personal data. It runs on your own computer.
front_run_title = Run it yourself with two commands
front_run = No account anywhere else. A sample company of 40 people is already in it.

sign_in_title = Sign in to Serambi
sign_in_wrong = That e-mail and password don't match. After five wrong tries the next one has to wait, 15 minutes at most.
sign_in_first = First time here? Open the one-time link from your company's administrator.
signed_out = You are signed out.
email = E-mail address
password = Password
password_new = New password
password_hint = At least 12 characters for administrators, 8 for employees. You may paste it from a password manager.
password_short = That password is too short. Use at least { $least } characters.
password_long = That password is too long. Use { $most } characters at most.
password_guessable = That password is easy to guess. Choose another, such as four words that have nothing to do with each other.
link_title = Set a password
link_for = For { $email }. This link works once.
link_set = Save and sign in
link_spent = This link was used already, or its time is over.
link_again = Ask your company's administrator for a new one.

talk_of = HR of { $company }
talk_as = as { $name }
talk_log = Chat with Serambi
talk_start = Write anything, such as "leave tomorrow" or "leave balance".
talk_label = Message
talk_placeholder = Write a message
talk_send = Send
hint_balance = leave balance
hint_tomorrow = leave tomorrow
hint_status = leave status
hint_menu = menu
chat_title = Chat
chat_heading = Chat with Serambi, HR of { $company }

home_title = Home
home_heading = { $many ->
    [one] You have { $days } day of annual leave left, { $name }.
   *[other] You have { $days } days of annual leave left, { $name }.
  }
home_waiting = { $count ->
    [one] { $number } waits for your decision
   *[other] { $number } wait for your decision
  }
home_decide = Decide
lots_title = Annual leave granted
lots_empty = No annual leave has been granted yet.
lots_empty_until = No annual leave has been granted yet. The first comes on { $day }.
lot_year = Granted
lot_of_year = Year { $year }
lot_from = Since
lot_until = Usable
lot_until_day = until { $day }
lot_left = Left
why = Why { $days }?
requests_title = Your requests
requests_all = All
requests_empty = No requests yet. Write "leave tomorrow" in the chat to ask.
request_waits = Waits for { $who }, sent { $at }.
request_sent = Sent { $at }.
request_approve = Approved by { $who }, { $at }.
request_reject = Rejected by { $who }, { $at }.
request_reason = Reason: { $reason }
my_leave_title = My leave
my_leave_heading = { $many ->
    [one] { $days } day of annual leave, usable until { $day }.
   *[other] { $days } days of annual leave, usable until { $day }.
  }
my_leave_heading_lots = { $many ->
    [one] { $days } day of annual leave, part of it only until { $day }.
   *[other] { $days } days of annual leave, some only until { $day }.
  }
my_leave_none = No days of annual leave are left.
my_leave_ask = Ask for leave
ledger_day = Date
ledger_what = What happened
ledger_lot = From
ledger_days = Days
ledger_balance = Left
ledger_grows = only ever grows
ledger_sum = What is left is always the sum of the lines above.
ledger_empty = Nothing has happened yet.
entry_grant = Annual grant of { $year }
entry_adjust = Adjusted by HR
entry_expire = Lapsed
entry_hold = Set aside for { $number }
entry_release = Given back from { $number }
entry_consume = Taken for { $number }
entry_hold_collective = Collective leave { $name }, set aside
entry_consume_collective = Collective leave { $name }, taken

leave_title = Employees' leave
leave_heading = { $count ->
    [one] { $number } leave request waits.
   *[other] { $number } leave requests wait.
  }
leave_heading_none = No leave request is waiting.
leave_show_waiting = Waiting
leave_show_decided = Decided
leave_show_all = All
leave_list_waiting = Waiting for a decision
leave_list_decided = Decided
leave_list_all = All requests
leave_empty_waiting = Nothing waits for a decision.
leave_empty_decided = Nothing has been decided yet.
leave_empty_all = No employee has asked for leave yet.

approvals_title = Approvals
approvals_heading = { $count ->
    [one] { $number } request waits for you.
   *[other] { $number } requests wait for you.
  }
approvals_heading_none = Nothing waits for you.
approvals_oldest = The oldest was sent { $at }.
approvals_mine = Waiting for you
approvals_final = A decision counts once and cannot be changed.
approvals_empty = Requests for you will appear here and in your chat.
approvals_news = Something is new, or was decided elsewhere.
approvals_news_show = Show it
approvals_others = Waiting for somebody else
approvals_decided = Just decided
approvals_done_approve = { $number } of { $name } is approved.
approvals_done_reject = { $number } of { $name } is rejected, with your reason.
approve = Approve
reject = Reject with a reason
reject_reason = Reason for rejecting; { $name } will read it
reject_send = Reject
fact_what = Asked for
fact_effect = Effect
fact_sent = Sent
fact_then = Without an answer
fact_escalated = it went up { $at }

audit_title = Audit trail
audit_lead = Who did what. Each entry is tied to the one before; whatever is changed or deleted shows at once.
audit_whole = The chain is whole up to entry { $number }, checked { $at }.
audit_unchecked = { $number } entries, the chain not checked yet.
audit_broken = The chain breaks at entry { $number }.
audit_broken_what = Entry { $number } was changed, deleted or put in outside Serambi. Keep a copy of this database and tell the operator now.
audit_none = No entries yet.
audit_check = Check the chain
audit_entries = Entries
audit_who = Show what was done by
audit_anybody = anybody
audit_did = being
audit_anything = anything
audit_at = Time
audit_who_head = Who
audit_did_head = Did
audit_on = To what
audit_through = Through
audit_seal = Hash
audit_empty = No entry matches.
audit_serambi = Serambi itself
audit_somebody = person { $number }
audit_account = account { $number }
audit_command = a command on the server
act_company_added = added the company
act_membership_given = gave a role
act_account_blocked = blocked an account
act_account_unblocked = lifted the block of an account
act_mail_read = read waiting mail
act_membership_taken = took a role away
act_audit_acknowledged = answered for a gap in the audit
act_membership_tied = tied an account to an employee
act_reset_asked = asked for a new password
act_second_factor_on = set up a second step
act_second_factor_off = took a second step off
act_sessions_ended = ended sessions
act_people_imported = imported employees
act_people_received = sent a people file
act_people_edited = changed somebody's data
act_people_undone = took an import back
act_people_dropped = put a people file aside
act_people_left = ended the access of somebody who left
act_people_department = set up a department
act_people_location = set up a place of work
act_invitation_made = made an invitation
act_identity_linked = linked a chat account
act_identity_unlinked = unlinked a chat account
act_leave_granted = granted leave
act_leave_encashed = took leave out to be paid
act_leave_blackout_added = closed days for leave
act_leave_blackout_lifted = opened days for leave again
act_leave_collective_posted = posted collective leave
act_leave_collective_undone = undid collective leave
act_leave_document_received = received the paper of a leave
act_leave_policy_drafted = drafted a leave policy
act_leave_policy_published = published a leave policy
act_leave_policy_dropped = dropped a drafted leave policy
act_leave_opening_taken = took opening balances of leave
act_leave_opening_undone = undid opening balances of leave
act_leave_adjusted = adjusted leave
act_request_submitted = asked
act_request_withdrawn = took back
act_request_approve = approved
act_request_reject = rejected
act_vault_revealed = opened a sealed fact
act_demo_laid = filled the sample company
act_request_changed = changed a request
act_request_change = asked for a change
act_request_cancel_asked = asked to cancel
act_request_called_off = called off leave for one that was recorded
act_request_acknowledged = recorded
act_request_objected = asked that it be called off
act_request_too_late = decided too late
act_request_expired = closed undecided
act_request_reassigned = handed over an approval
act_chain_published = published a chain of approval
act_delegation_offered = named a stand-in
act_delegation_accepted = accepted to stand in
act_delegation_declined = declined to stand in
act_delegation_ended = ended a stand-in
act_department_head = named the head of a department
act_other = other: { $action }
thing_company = the company
thing_employment = employee { $name }
thing_people = all employees
thing_person = { $name }
thing_account = account { $number }
thing_request = request { $number }
thing_other = { $thing }
through_web = web page
through_telegram = by Telegram
through_slack = by Slack
through_job = scheduled work
through_console = in the terminal
through_command = command line
through_other = { $channel }

try_title = Try it
try_place = { $company }, a demo
try_heading = One sentence from { $person }, one tap from { $approver }.
try_lead = Write anything as { $person }. See what the manager receives, and what is really on record. All of it runs on this computer.
try_day_off = Today, { $day }, is a day off: { $name }.
try_weekend = weekend
try_become = Become
try_parts = Parts of the demo
try_notes = Records
try_restart = Start over
try_card = { $name } in Slack
try_card_where = direct message
try_card_empty = The card appears here as soon as { $person } asks for something.
try_card_foot = The same card is on the web and in Telegram. Pressed twice or in two places, it is still one decision.
try_answer = Write the reason
try_ledger = Leave ledger of { $name }
try_trace = The way of the message "{ $words }"
try_trace_none = The way of a message
try_trace_empty = Send one sentence, then see each of its stops here.
try_audit = Entry { $number } of the audit trail
try_audit_chained = chained to { $number }
try_audit_none = No audit entry yet.
stop_received = Inbox
stop_received_what = stored once
stop_conversation = Conversation
stop_conversation_what = its turn came, the sender is known
stop_intent = Meaning
stop_intent_what = understood
stop_flow = Flow
stop_flow_what = { $count ->
    [0] opened
    [one] { $number } answer known already
   *[other] { $number } answers known already
  }
stop_rules = Rules
stop_rules_what = { $count ->
    [0] checked
    [one] { $number } answer checked
   *[other] { $number } answers checked
  }
stop_outbox = Outbox
stop_outbox_what = all messages, one transaction
stop_sent = Sent
stop_sent_what = { $channel }
stop_decision = Decision
stop_decision_what = { $name } decided { $number }
stop_waits_what = waits for { $name }

error_home = To the front page
error_400_title = That request could not be read
error_400 = Go back to the page before and try again from there.
error_403_title = This page is not for you
error_403 = The page was opened from elsewhere, or has been open too long. Reload it and send once more.
error_403_roles = It takes the role of { $roles } to open it.
error_403_ask = Your company's Super Administrator gives roles.
error_404_title = There is no such page
error_404 = The address may be mistyped, or the page belongs to another company.
error_405_title = That cannot be done at this address
error_405 = Open the page first, then send from there.
error_409_title = Somebody was faster
error_409 = Your request changed nothing.
error_409_back = See how it stands now
error_413_title = What was sent is too big
error_413 = At most 1 MB for one form. Send something smaller.
error_422_title = Not possible yet
error_429_title = Too many tries
error_429 = Wait a moment, then try again. Nothing is lost.
error_500_title = This is our fault
error_500 = What was saved is safe. Try again in a moment.
error_500_quote = If it happens again, quote this number:
role_super_administrator = Super Administrator
role_administrator = Administrator
role_supporting_administrator = Supporting Administrator
role_agent = Help Desk Agent
role_data_protection_officer = Data Protection Officer
role_approver = approver
role_employee = employee
role_or = { $roles } or { $last }
leave_show_papers = Paper missing
leave_list_papers = Papers that are overdue
leave_empty_papers = No paper is overdue.
act_company_changed = changed the company's name or zone
act_setting_changed = changed a setting
act_list_exported = exported a list
act_job_tried_again = tried a job again
act_job_dropped = dropped a job
act_work_stopped = stopped long work
thing_leave = employees' leave
thing_leave_type = leave policy { $number }
thing_leave_request = leave { $number }
thing_batch = batch { $number }
thing_setting = setting { $number }
thing_export = list { $number }
thing_job = job { $number }
thing_work = long work { $number }
