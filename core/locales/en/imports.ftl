# The pages of imports
title = Imports
how = A file is read first. You see what is new, changes, stays, and is refused before any of it is true.
send_title = Send a people file
file = File
file_hint = CSV or XLSX, 10 MB at most.
begins = Changes of work hold from
begins_hint = Only for those who are registered. New people begin on their join date.
send = Read the file
template = Download an empty one
made = Files so far
at = Sent
by = By
new = New
changed = Changed
same = Same
refused = Refused
unnamed = without a name
form = From a form
none = No file yet. Send the first one above.
state_reading = being read
state_checked = ready
state_refused = has refusals
state_applying = being applied
state_applied = applied
state_undoing = being undone
state_undone = undone
state_dropped = put aside
head_reading = The file is being read
head_applying = Being applied
head_undoing = Being taken back
head_applied = Applied
head_undone = Taken back
head_dropped = Put aside
head_checked = { $new } people new, { $changed } change
from_day = Changes of work hold from { $day }.
counts = What is in it
progress = { $done } of { $total } rows
apply = Apply to { $number } people
copy = Download your file with the reasons
drop = Put aside
undo = Undo all of it
undo_until = Can be undone until { $day }.
another = Another file
refused_how = Nothing is applied before all are corrected. Correct them in the copy of your file and send it again.
is_new = new
is_changed = changes
invite = Invite the new ones
show = Show
show_all = All ({ $number })
show_new = New ({ $number })
show_changed = Changed ({ $number })
show_refused = Refused ({ $number })
rows_title = Row by row
rows_shown = { $first } to { $last } of { $total }
row = Row { $row }
is_refused = refused
places_title = New places of work
places_how = Working hours, dates and deadlines of the people there go by this zone. Look at it before you apply the file.
places_made = Made by this file. The zones can be changed under departments and places.
places_people = { $count ->
    [one] { $number } person
   *[other] { $number } people
  }
places_zone = Time zone of { $name }
places_keep = Keep the time zones
head_refused = { $count ->
    [one] { $number } row can't be taken yet
   *[other] { $number } rows can't be taken yet
  }
