# The page of one's own data
title = My data
how = What { $company } holds about you.
who = You here
work = { $number }, { $position }, { $department }, { $location }.
since = Since { $day }.
until = Last day: { $day }.
under = { $manager } decides on your leave first.
under_nobody = You have no manager; an administrator decides on your leave.
held = What is held
held_how = What they hold is sealed and not shown on this page. Something is wrong? Tell HR.
looks = Who looked
chats = Chats that speak for you
unlink = Unlink
unlinked = Unlinked. Linking again needs a new code from HR.
chats_none = No chat yet. Ask HR for an invitation code to link a chat.
cooling = This chat was linked anew. Payslip and bank account can be asked for there from { $at } on.
