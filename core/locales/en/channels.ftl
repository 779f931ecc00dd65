# What a channel adds of its own to a message.
dialog_title = Serambi
dialog_send = Send
dialog_close = Cancel
resent = { $text } (sent again)
window_closed = The window for the reason did not open. Write here: { $words }
choose = Choose
template_request_waiting = A request is waiting for your decision. Press Open to see it.
template_request_decided = There is news about your request. Press Open to read it.
template_security = There is news about the security of your account. Press Open to read it.
template_notice = There is news from HR for you. Press Open to read it.
template_button = Open
file_elsewhere = The file { $name } cannot be sent here. What it says is at { $link }.
command_answered = The answer is in the direct message from Serambi, for you alone.
home_nothing = Hello { $name }. Nothing is waiting for your decision.
home_waits = Hello { $name }. Waiting for your decision: { $number }.
home_more = Hello { $name }. Waiting for your decision: { $number }. Here are the { $most } that have waited longest; all are at { $link }.
home_unlinked = This Slack account is not linked yet. Type the invitation code from HR in the Messages tab.
