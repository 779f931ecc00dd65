# What only Telegram has
command_menu = menu
command_leave = leave
command_balance = balance
command_help = help
command_person = person
command_cancel = cancel
command_language = language
about_menu = What can be done here
about_leave = Ask for leave or a day off
about_balance = Your days of leave
about_help = How to ask here
about_person = Reach somebody in HR
about_cancel = Drop the open question
about_language = Switch to Indonesian
