# Leave pages of HR
left = Left
name_or_number = Name or number
department = Department
any_department = all departments
starts = Begins
ends = Ends
type = Kind
any_type = all kinds
