# The promise of the help desk: how it is read, what the desk aims at, categories
title = Help desk promise
lead = What whoever asks is promised, what the desk aims at, and the categories of tickets. A change holds only for what is asked after it: a promise that was given is never changed by it.
terms = Promise and target
because = Reason: { $why }
how_read = How is "2 x 24 hours on working days" read? The example is a question of { $asked }.
reading_A = A. Running hours on working days
reading_B = B. Office hours
reading_C = C. Office days
reading_D = D. Close of a working day
means_A = 48 hours, counted 00:00-24:00 on every working day. This is how it is commonly read, and our default.
means_B = 48 hours, of which only 08:00-18:00 on working days counts: nearly five days.
means_C = 2 office days, which is 20 hours of 08:00-18:00 on working days.
means_D = Until close of business of the 2nd working day after the day it arrived.
then = Answered by { $due }.
unknown = not known yet, because of a closure without an end
by_priority = Promise and target by priority
priority = Priority
promised = Promise
promised_for = Promise, priority { $name }
aimed = Target, office hours
aimed_for = Target in office hours, priority { $name }
friday = A question of { $asked }
friday_then = promise { $promise }; target { $target }
units = The promise is in hours in readings A and B, in working days in C and D. The target is in office hours, 08:00-18:00; it may not fall after its promise.
why = Reason for the change
never_shorter = Tickets that are open keep the promise that was told. Targets, which only the desk sees, follow.
save = Save
look = See the example first
done_saved = Saved. It holds for what is asked from now on.
done_added = The category was added.
done_ended = The category is not offered any more; tickets that have it keep it.
done_filled = The usual categories were added.
priority_normal = Normal
priority_high = High
priority_top = Highest
priority_unknown = There is no such priority. Choose Normal, High or Highest.
reading_unknown = Choose how the promise is read: A, B, C or D.
out_of_bounds = Promise and target are whole numbers from { $least } to { $most }.
why_missing = Write why it is changed, in at most { $most } letters.
saved_since = Somebody else saved a change since this page was opened. Look at what holds now, then save again.
holds_already = That holds already; nothing would change.
target_after = The target of priority { $priority ->
    [top] Highest
    [high] High
   *[normal] Normal
  } could fall after its promise: a question of { $asked } is promised { $promise }, but its target is { $target }. Make the target smaller, or the promise larger.
categories = Categories of tickets
categories_none = No categories yet; the report counts all tickets without one.
categories_usual = Use the usual categories
category = Category
category_id = Name of the category
category_en = Name in English
category_add = Add category
category_end = Stop offering
category_end_of = Stop offering { $name }
category_name = A category has a name of 1 to { $most } letters.
category_there = There is a category { $name } already.
category_unknown = That category is gone. Choose from the list.
categories_many = At most { $most } categories. Stop offering one first.
no_category = No category
sorting = Priority and category
sorting_save = Save
recount_open = Tickets this touches
recount_title = Tickets by the calendar of now
recount_lead = What changes if the clocks of tickets are counted again. A limit can only become later; whoever asked is told where it moves by more than an hour.
recount_heading = { $count ->
    [0] All tickets are counted by the calendar of now.
    [one] { $number } ticket changes, { $excused } missed promises become excused
   *[other] { $number } tickets change, { $excused } missed promises become excused
  }
recount_do = Count all of them again
recount_ticket = Ticket
recount_old = Promise before
recount_new = Promise after
recount_excuse = Missed promise
recount_excused = excused
recount_target_only = only its target changes
recount_running = Counting is under way. Wait until it is done.
recount_nothing = There is no ticket to be counted again.
