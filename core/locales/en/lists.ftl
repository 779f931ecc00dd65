# What pages share: lists, filters, forms, the command box
nav_set_up = Company set-up
filter = Filters
apply = Apply
on = Filtered by:
remove = Remove the filter { $label }: { $words }
clear = Remove filters
first = Back to the start
further = Next
nothing = Nothing matches these filters.
wrong = { $count ->
    [one] One thing needs to be put right
   *[other] { $number } things need to be put right
  }
optional = (optional)
as_table = Show as a table
go_title = Find and open
go_how = Type part of a page's or a person's name, then choose.
go_label = Page or person
go_find = Find
go_nothing = There is no page and nobody called "{ $words }".
key_box = The box to find and open
key_filter = To the filters of the page
key_open = Open the row in focus
key_select = Select the row in focus
crumbs = The way to this page
undo = Undo
export = Export this list as { $type }
file_holds = Rows: { $number }. Filters: { $filter }
file_made = Made { $at } by { $who }
nav_collective = Collective leave
views = Views
view_of_all = (shared)
view_keep = Keep this list under a name
view_manage = Rename, share or put away
view_name = Name of the view
view_share = The whole company sees it
view_save = Keep the view
view_rename = Save
view_drop = Put away
view_saved = The view is kept. Its address can also be sent on.
view_changed = The view was changed.
view_dropped = The view was put away.
view_restored = The view is back.
view_gone = This view is not there any more, or its name was given to another.
view_no_name = A view needs a name.
view_long_name = The name of a view has at most { $most } letters.
view_taken = A view of this list is already called so. Please choose another name.
view_too_many = You keep { $most } views of this list already. Put one away first.
view_too_much = These filters are too long to be kept.
files_enough = { $within ->
    [minute] Two files a minute
   *[hour] Twenty files an hour
  }, no more: the next one from { $again }.
person_hint = Type a name or an employee number, then choose.
more = More filters
