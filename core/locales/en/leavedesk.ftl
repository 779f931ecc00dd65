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
opening_hint = CSV or XLSX with the columns employee_number and days, if you like leave_type and valid_to; 10 MB at most.
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
