why_missing = Write the reason first: every change to the calendar is kept with its reason.
day_unclear = { $on } is not complete yet: give it a name and a kind.
week_empty = A working week without a single hour cannot be saved. Give at least one day its hours.
hours_unclear = Working hours must follow each other between 00:00 and 24:00, for example 08:00-12:00, then 13:00-17:00.
ends_before_start = The end must come after the start. Check the dates and times.
closure_decided = This closure has been decided already. Reload the page to see how it stands.
needs_a_second = A closure takes two people: whoever asks and whoever approves must differ, and both must work here.
policy_unknown = There is no policy { $policy }. These exist: { $known }.
