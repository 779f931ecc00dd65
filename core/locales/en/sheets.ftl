# Tables from spreadsheets
too_large = The file is larger than 10 MB, or its table is too big. Split it into several files.
old_excel = This is an old Excel file (.xls). Save it again as .xlsx or "CSV UTF-8".
not_a_workbook = The file can't be read as Excel. Save it again as .xlsx, without a password.
not_utf8 = The file isn't UTF-8. Save it again as "CSV UTF-8".
empty = The file is empty. Its first row holds the names of the columns.
unreadable = From this row on the file can't be read as CSV. Check its quotes.
formula = This cell holds a formula. Paste its value only.
lost_digits = Excel rounds numbers as long as this. Make the cell's format text, then type it again.
