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
