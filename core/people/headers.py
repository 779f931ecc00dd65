"""The names that people give the columns of their lists, in Indonesian and English, and which column each means."""

import re
from collections.abc import Callable, Collection, Sequence
from difflib import get_close_matches

from core import foot

# The first name of each is the one that messages give.
NAMES: dict[str, tuple[str, ...]] = {
    "employee_number": (
        "Nomor Induk", "NIK Karyawan", "No. Karyawan", "No Induk", "Nomor Karyawan", "Nomor Pegawai", "No Pegawai",
        "Nomor Induk Karyawan", "Nomor Induk Pegawai", "No Induk Karyawan", "NIK Pegawai", "NIP", "ID Karyawan",
        "Kode Karyawan", "Employee Number", "Employee No", "Employee ID", "Staff ID",
    ),
    "name": ("Nama", "Nama Lengkap", "Nama Karyawan", "Nama Pegawai", "Full Name", "Employee Name"),
    "email": ("Email", "E-mail", "Surel", "Alamat Email", "Email Address"),
    "phone": (
        "No HP", "Telepon", "Nomor HP", "HP", "No Telepon", "Nomor Telepon", "No Telp", "Telp", "No WA", "Nomor WA",
        "WhatsApp", "No WhatsApp", "Nomor WhatsApp", "Phone Number", "Mobile", "Mobile Phone",
    ),
    "manager": (
        "Atasan", "Nomor Atasan", "No Atasan", "NIK Atasan", "Nomor Induk Atasan", "Atasan Langsung", "Supervisor",
        "Manager Number", "Reports To",
    ),
    "department": ("Bagian", "Departemen", "Divisi", "Unit Kerja", "Dept", "Division"),
    "position": ("Jabatan", "Posisi", "Job Title", "Title"),
    "grade": ("Golongan",),
    "location": ("Tempat Kerja", "Cabang", "Lokasi", "Lokasi Kerja", "Kantor", "Place of Work", "Branch", "Office"),
    "timezone": ("Zona Waktu", "Time Zone"),
    "employment_type": (
        "Jenis Hubungan Kerja", "Status Karyawan", "Status Kepegawaian", "Jenis Kontrak", "Type of Employment",
    ),
    "join_date": (
        "Tanggal Masuk", "Tgl Masuk", "Mulai Bekerja", "Mulai Kerja", "Tanggal Mulai Bekerja", "Tanggal Bergabung",
        "Tgl Bergabung", "TMT", "Start Date", "Date of Joining", "Hire Date",
    ),
    "resign_date": ("Hari Terakhir", "Tanggal Keluar", "Tgl Keluar", "Tanggal Berhenti", "Last Day", "End Date"),
    "nik": ("NIK", "NIK KTP", "No KTP", "Nomor KTP", "KTP", "NIK (identity number)"),
    "npwp": ("NPWP", "No NPWP", "Nomor NPWP", "NPWP (tax number)"),
    "kk": ("Nomor KK", "No KK", "KK (family card)"),
    "birth_date": ("Tanggal Lahir", "Tgl Lahir", "Date of Birth", "DOB"),
    "gender": ("Jenis Kelamin", "L/P", "Sex"),
    "religion": ("Agama",),
    "marital_status": ("Status Kawin", "Status Pernikahan", "Status Perkawinan"),
    "dependants": ("Tanggungan", "Jumlah Tanggungan", "Dependents"),
    "ptkp": ("PTKP", "Status PTKP", "PTKP (tax status)"),
    "bank": ("Bank", "Nama Bank", "Bank Name"),
    "bank_account": ("Rekening", "No Rekening", "Nomor Rekening", "No Rek", "Account Number"),
    "bank_holder": ("Nama di Rekening", "Nama Rekening", "Atas Nama", "Account Holder"),
    "basic_salary": ("Gaji Pokok", "Gapok"),
    "role": ("Peran",),
}  # fmt: skip
MOST_NAMED = 5
# What stands in lists and says nothing of a person: the number of the line, and what our own list shows beside the
# rest. The name of a head is passed over only where the number of the head stands as well.
PASSED = "_passed"
COUNTED = ("No", "No Urut", "Nomor Urut")
OWN = ("Keadaan hari ini", "Status today")
BESIDE = ("Nama atasan", "Name of the manager")
TITLES = 20  # lines above the names of the columns in which a title may stand


def bare(name: str) -> str:
    """`No. Karyawan` and `no_karyawan` are one."""
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()


MEANT = {bare(column): column for column in NAMES} | {
    bare(name): column for column, names in NAMES.items() for name in names
}


PASSED_OVER = {bare(name) for name in (*COUNTED, *OWN)}
MANAGERS = {bare(name) for name in BESIDE}


def column_of(name: str) -> str:
    """The column that a header means; one that means none as it stands, in small letters."""
    said = bare(name)
    return PASSED if said in PASSED_OVER else MEANT.get(said, name.strip().lower())


def columns_of(names: Sequence[str]) -> list[str]:
    """The columns that the headers of a file mean, in their order."""
    found = [column_of(name) for name in names]
    if "manager" in found:
        found = [PASSED if bare(name) in MANAGERS else one for name, one in zip(names, found, strict=True)]
    return found


def parted(
    lines: Sequence[foot.Line], meant: Callable[[str], str] = column_of, known: Collection[str] = tuple(NAMES),
    first: Collection[str] = ("employee_number", "name"),
) -> tuple[foot.Line, list[foot.Line]]:  # fmt: skip
    """The line with the names of the columns, below a title where there is one, and the lines of the table without the
    foot of a list of ours."""
    rows = foot.without(lines)
    at = 0
    for number, (_, cells) in enumerate(rows[:TITLES]):
        said = [meant(cell) for cell in cells if cell.strip()]
        if sum(one in known for one in said) > 1 and any(one in first for one in said):
            at = number
            break
    return rows[at], rows[at + 1 :]


def nearest(name: str) -> str:
    """The name most like a header that means nothing, spelled as people write it; nothing when none is like it."""
    found = get_close_matches(bare(name), MEANT, n=1, cutoff=0.75)
    return NAMES[MEANT[found[0]]][0] if found else ""


def accepted(column: str) -> str:
    """The first names that a column may have."""
    return ", ".join((*NAMES.get(column, ())[:MOST_NAMED], column))


def ambiguous(head: Sequence[str]) -> bool:
    """Whether `NIK` stands alone: the identity number, or the number of the employee."""
    return "nik" in head and "employee_number" not in head
