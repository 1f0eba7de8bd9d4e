// leave-nothing COMMAND [ARGUMENT ...]: runs a command, and ends every process that it has left behind, whichever parent
// those have by then. Does the same when it is interrupted, or when the program that has started it ends.
// Names what was left behind. Exit status: the command's, or 1 when it succeeded and left something; 128 and the number
// of the signal that has interrupted it.
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/// Kills every child. A child's own children come to this process when their parent ends, so this is called again.
static int end_children(int says_so) {
    int count = 0;
    DIR *processes = opendir("/proc");
    if (processes == NULL) return 0;
    for (struct dirent *entry; (entry = readdir(processes)) != NULL;) {
        int process = atoi(entry->d_name), parent = 0;
        char path[64], line[512], state = 0;
        if (process <= 0) continue;
        snprintf(path, sizeof path, "/proc/%d/stat", process);
        FILE *file = fopen(path, "r");
        if (file == NULL) continue;
        char *name = fgets(line, sizeof line, file) ? strchr(line, '(') : NULL, *end = name ? strrchr(line, ')') : NULL;
        fclose(file);
        if (end == NULL || sscanf(end + 1, " %c %d", &state, &parent) != 2 || parent != getpid()) continue;
        if (state != 'Z') {
            *end = 0;
            if (says_so) fprintf(stderr, "left behind: process %d, %s\n", process, name + 1);
            count++;
        }
        kill(process, SIGKILL);
    }
    closedir(processes);
    return count;
}

int main(int argc, char **argv) {
    if (argc < 2) return fprintf(stderr, "usage: leave-nothing COMMAND [ARGUMENT ...]\n"), 64;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    sigset_t awaited, before;
    sigemptyset(&awaited);
    sigaddset(&awaited, SIGCHLD);
    for (int i = 0; i < 4; i++) {
        // A shell starts what is in the background with some of them ignored.
        signal(ends[i], SIG_DFL);
        sigaddset(&awaited, ends[i]);
    }
    sigprocmask(SIG_BLOCK, &awaited, &before);

    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        sigprocmask(SIG_SETMASK, &before, NULL);
        execvp(argv[1], argv + 1);
        fprintf(stderr, "leave-nothing: %s: %s\n", argv[1], strerror(errno));
        _exit(127);
    }
    int status = 1, signal_number = 0, is_running = child > 0;
    while (is_running && signal_number == 0) {
        int number = sigwaitinfo(&awaited, NULL), raw;
        if (number > 0 && number != SIGCHLD) signal_number = number;
        for (pid_t ended; (ended = waitpid(-1, &raw, WNOHANG)) > 0;) {
            if (ended != child) continue;
            is_running = 0;
            status = WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw);
        }
    }
    int left = 0, raw;
    do left += end_children(signal_number == 0); while (waitpid(-1, &raw, 0) > 0);
    if (signal_number != 0) return 128 + signal_number;
    return status == 0 && left > 0 ? 1 : status;
}
