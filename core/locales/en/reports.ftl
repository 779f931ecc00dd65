# Leave reports
title = Leave reports
heading = { $days } days of { $kind } are still owed to employees.
lead = The figures come from the ledger, kept in step with every decision.
departments = By department
departments_lead = Of those who work here today.
no_department = no department
taken_year = Taken in { $year }
taken_said = { $days } days were taken in { $year }
month = Month
sum = Sum
balances = Balances of { $kind }
held = Set aside
taken = Taken
empty = There are no balances yet.
departments_all = Leave owed by department
