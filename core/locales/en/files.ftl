# Files
empty = Not yet: the file is empty. Send the photo or the PDF once more.
too_large = Not yet: a file may have { $most } at most. Send a smaller photo.
too_many_pixels = Not yet: the picture is too large to open. An ordinary photo from the phone will do.
broken_picture = Not yet: the picture is broken. Take the photo once more.
unpacks_too_large = Not yet: what is in the file is too large. Send a shorter list.
other_type = Not yet: I can open photos (JPG, PNG, WEBP), PDF, and lists as XLSX or CSV.
gone = That file is no longer there. Send it once more.
not_fetched = I couldn't fetch the file from { $channel }. Send it once more, or use the chat page.
send_one = Send a file
which = A photo, PDF, XLSX or CSV of at most 10 MB
send = Send
kept_for_now = I have kept the file; after this I'll ask what it is for.
unplaced = The file is here, but no leave of yours is waiting for a certificate. If it is a doctor's, record the sick days first; I keep it until { $until }.
drop = Delete it now
record_sick = Record sick days
still_here = All right. I keep the file for a week.
dropped = The file is deleted.
