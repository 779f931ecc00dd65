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
file_holds = { $number } rows. Filters: { $filter }
file_made = Made { $at } by { $who }
nav_collective = Collective leave
