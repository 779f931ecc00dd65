# What a channel adds of its own to a message.
dialog_title = Serambi
dialog_send = Send
dialog_close = Cancel
resent = { $text } (sent again)
window_closed = The window for the reason did not open. Write here: { $words }
