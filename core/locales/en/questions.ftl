# Questions that articles answer
answer = { $answer }
    From the article "{ $title }". Is that it?
between = { $answer }
    From the article "{ $title }".
gone = That article is no longer there. Please ask once more.
helped = You're welcome.
more = { $answer } Is that it?
no = Not yet
not_found = I haven't found an answer. Is it one of these?
which = Which do you mean?
yes = Yes
