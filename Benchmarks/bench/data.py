"""Data for the other programs: as many rows as the console has sessions."""

import subprocess

COUNT = 100_000
WORDS = "voice agent redacts names before the model sees them and keeps the rest of each turn as it was said".split()


def repository(folder):
    """A git repository with 100,000 commits."""
    path, done = folder / "repository", folder / "repository.complete"
    if done.exists():
        return path
    subprocess.run(["git", "init", "-q", "-b", "main", path], check=True)
    with subprocess.Popen(["git", "-C", path, "fast-import", "--quiet"], stdin=subprocess.PIPE) as importer:
        for index in range(COUNT):
            subject = f"{index:06} " + " ".join(WORDS[(index + step * 5) % len(WORDS)] for step in range(6))
            moment = 1_700_000_000 + index * 61
            text = f"commit refs/heads/main\ncommitter Ada <ada@example.org> {moment} +0000\ndata {len(subject)}\n{subject}\n"
            importer.stdin.write(text.encode())
        importer.stdin.close()
        if importer.wait() != 0:
            raise RuntimeError("git fast-import")
    done.touch()
    return path


def tree(folder):
    """Folders with files of different sizes."""
    path, done = folder / "tree", folder / "tree.complete"
    if done.exists():
        return path
    for index in range(300):
        inner = path / f"{index:03}-{WORDS[index % len(WORDS)]}"
        inner.mkdir(parents=True, exist_ok=True)
        for number in range(5):
            (inner / f"file-{number}").write_bytes(b"x" * (1 + (index * 7919 + number * 104_729) % 9_000))
    done.touch()
    return path


def table(folder):
    """A table of 100,000 rows with the columns of a session."""
    path = folder / "table.csv"
    if not path.exists():
        lines = ["started,agent,status,duration,redacted,kinds,model"]
        for index in range(COUNT):
            lines.append(
                f"May 04 {index // 3600 % 24:02}:{index // 60 % 60:02}:{index % 60:02},agent-{index % 37:03}-prod,"
                f"{('ok', 'ok', 'error', 'partial')[index % 4]},{index * 37 % 4000} ms,{index % 9},NAME×2 PHONE DOB,gpt-4o-mini")
        part = path.with_suffix(".part")
        part.write_text("\n".join(lines) + "\n")
        part.rename(path)
    return path
