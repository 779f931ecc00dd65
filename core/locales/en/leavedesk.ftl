# Leave pages of HR
left = Left
name_or_number = Name or number
department = Department
any_department = all departments
starts = Begins
ends = Ends
type = Kind
any_type = all kinds
opening = Opening balances of leave
opening_how = What people had left when the company began here. The file is read first; nothing changes before you apply it.
opening_send = Send a file of balances
opening_hint = CSV or XLSX with the columns Employee Number and Days Left, if you like Kind of Leave and Valid Until; 10 MB at most.
opening_checked = { $count ->
    [one] { $number } balance changes
   *[other] { $number } balances change
  }
balance_title = Leave balance of { $name }
balance_of = { $kind }: { $left } { $count ->
    [1] day
   *[2] days
  }
balance_open = See the balance and where it comes from
lot_annual = entitlement of { $year }
lot_carry = carried into { $year }
lot_restored = restored in { $year }
lot_opening = opening balance of { $year }
lot_adjustment = correction of { $year }
lot = From
lot_until = Valid until
lot_payable = May be paid out
no_lots = No days of leave that are valid yet.
why_lines = Why this many
line_on = Date
line_what = What happened
line_days = Days
line_sum = Sum
payout = Pay days out
payout_how = Days that the law gives are not paid out while somebody works here; those above them and those carried may be, where the policy of the kind allows it. Once a last day is set, all that has not lapsed may be (PP 35/2021 art. 40(4)).
payout_days = How many days
payout_why = Reason
payout_look = Look first
payout_sure = Pay out { $days } { $count ->
    [1] day
   *[2] days
  }?
payout_parts = { $days } { $count ->
    [1] day
   *[2] days
  } from the { $lot }, valid until { $day }
payout_left = { $left } { $count ->
    [1] day
   *[2] days
  } will be left. { $name } is told.
payout_do = Pay out { $days } { $count ->
    [1] day
   *[2] days
  }
payout_not = Not now
paid_list = Paid out so far
paid_line = { $days } { $count ->
    [1] day
   *[2] days
  } of { $kind }, { $at }
paid_undone = undone { $at }
paid_undo = Undo
done_paid = The days are paid out.
done_unpaid = Paying out was undone; the days are back.
closed = Days without leave
closed_how = On these days leave that needs a yes can't be asked for. What is recorded on the employee's word, such as sickness, still can.
closed_list = In effect and ahead
closed_none = No days without leave.
closed_new = Add days without leave
closed_changing = Change days without leave
closed_from = From
closed_until = Through
closed_any_kind = Every kind that needs a yes
closed_any_place = every place
closed_everybody = every department
closed_why = Reason
closed_why_hint = Employees read it when they can't ask for these days.
closed_change = Change
closed_end = Open again
closed_do = Let it hold
closed_sure = { $count ->
    [one] Binds { $people } person
   *[other] Binds { $people } people
  }
closed_stays = { $count ->
    [one] { $number } leave is asked for or approved on those days and stays as it is
   *[other] { $number } leaves are asked for or approved on those days and stay as they are
  }
closed_hits_nobody = No leave is asked for or approved on those days yet.
closed_done_added = The days are closed for leave.
closed_done_changed = The days without leave were changed.
closed_done_ended = The days are open again.
record = Record leave for an employee
record_lead = For who called, or handed in a form of paper.
record_whose = Whose leave?
record_for = Record
record_title = Record leave of { $name }
record_rules = The rules are the same as if { $name } asked.
reached_chat = { $name } is told in their chat.
reached_web = { $name } is told on their pages here; no chat is linked.
reached_nowhere = { $name } has no chat and can't sign in here yet: tell them yourself. The message waits on their page.
record_form = What is recorded
way = Where a yes is needed
way_ask = Ask the approvers
way_paper = Agreed to on paper
way_hint = Sickness and whatever else needs no yes is recorded at once.
told_on = Told on
told_on_hint = The day of the call or of the form. Notice and delay are counted from it.
told_by = How you know
told_by_hint = For example "call at 07:10" or "form, signed by Sari". { $name } reads it too.
reason_hint = The approvers read it. What somebody suffers from need not be written.
record_sure = { $kind }, { $days }: record it?
record_paid = { $days } { $count ->
    [1] day
   *[2] days
  } of those valid until { $day }
record_then = Afterwards
then_recorded = It is recorded at once; their head learns the dates alone.
then_paper = It holds at once as agreed to on paper, in your name; their head learns the dates.
then_asked = It waits for { $who }, and does not hold before there is a yes.
record_over = { $number } is called off on those days, { $back } { $count ->
    [1] day comes
   *[2] days come
  } back.
record_file = Certificate, or a photo of the form
record_file_hint = JPG, PNG, WEBP or PDF, 10 MB at most. It may follow later.
record_ask = Ask for it
record_do = Record it
balance_crumb = Leave balance
for_already_past = { $starts } was over already on the day this was told. Fill in the real day of the form or the call.
for_not_enough_days = Not possible: { $days } takes { $needed } days and { $left } are left. Choose other dates or another kind.
for_overlaps = Not possible: there is leave on { $on } already. See the page of their balance.
for_too_long_ago = Not possible: { $starts } was too long ago on the day this was told; { $most } days later at most.
for_event_once = Not possible: this leave is given once while somebody works here, and was taken already.
for_not_offered = Not possible: there is no { $kind } for this employee.
for_after_last_day = Their last day of work is { $last }, so leave can't go beyond it.
done_entered = { $number } is recorded. They are told.
done_paper = The paper is kept with { $number }.
done_taken_out = { $number } is taken back. Its days went back where they came from.
done_asked_out = Those who approved { $number } are asked to call it off. Until they agree it holds.
requests = Their leave
requests_none = No leave has been asked for or recorded yet.
entered_by = Recorded by { $who }, { $at }: { $words }
entered_by_account = Recorded by an administrator, { $at }: { $words }
take_out = Take back
take_out_why = Why it is taken back
take_out_how = All its days go back where they came from. What a chain of approval decided is put before it again first.
paper_add = Add a paper
paper_file = Paper for { $number }
paper_send = Keep the paper
record_leave = Record leave
recorded = Recorded in { $year }, without an entitlement
on = Balance on
then = { $kind } on { $day }: { $left } { $count ->
    [1] day
   *[2] days
  }
then_ahead = A forecast, if nothing more is asked for. The lines below are as of today.
adjust = Put the balance right
adjust_how = For what was counted wrongly or never recorded. Each correction is a line of its own with its reason, and can be taken back.
adjust_which = Which entitlement
adjust_lot = { $kind }: { $lot }, until { $day } ({ $left } left)
adjust_new = { $kind }: new days
adjust_way = More or fewer
adjust_more = Add
adjust_less = Take off
adjust_until_hint = For new days only. Left empty it is the end of their leave year.
adjust_why = Reason
adjust_why_hint = The employee reads it too, also under "Why?".
adjust_sure = { $kind }: { $before } becomes { $after } { $count ->
    [one] day
   *[other] days
  }?
adjust_until = until { $day }
adjust_read = { $name } is told.
adjust_do = Put right
adjust_list = Corrections so far
done_adjusted = The balance is put right.
done_unadjusted = The correction is taken back.
