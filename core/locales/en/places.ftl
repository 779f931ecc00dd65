# The page of departments and places
title = Departments and places
how = Names, how many must be in, and the clock of each place.
name = Name
minimum = Fewest in
zone = Zone
save = Keep
add = Add
done = Kept.
departments = Departments
locations = Places of work
people = { $count ->
    [one] { $number } person
   *[other] { $number } people
  }
head = Head (employee number)
