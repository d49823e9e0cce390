import { MEGABYTES, PROBES, type Probe } from './probe.ts';

/** For all probes together, unless somebody says otherwise. */
const SCRIPT_SECONDS = 60;

/**
 * What every answer begins with, and the version of its form. The word behind it, which the host's kernel makes up,
 * begins every further line that is the script's own: nothing that is printed in between can know it.
 */
export const ANSWER = 'lvsdoctor-answer 1';

/**
 * All probes as one POSIX sh script, to be fed to `sh` on any Linux host: it needs the shell, coreutils or busybox, and
 * of everything else it says that it is missing. It writes nothing but its answer, and values that it reads from files
 * are only ever used between double quotes or as patterns of `case`.
 */
export function probeScript(probes: readonly Probe[] = PROBES, seconds = SCRIPT_SECONDS): string {
  const functions = probes.map(({ command }, at) => `probe_${at}() {\n${command}\n}\n`);
  const calls = probes.map(
    ({ name, seconds, megabytes = MEGABYTES }, at) =>
      `probe ${name} ${seconds} ${megabytes * 1024 * 1024} probe_${at}\n`,
  );
  return `${HEAD.replace('SECONDS', String(seconds))}${functions.join('')}${calls.join('')}${TAIL}`;
}

/** The commands as a person reads them, in the order in which they run. */
export function listCommands(probes: readonly Probe[] = PROBES): string {
  const entries = probes.map(
    ({ name, command, seconds }) => `# ${name}, at most ${seconds} s\n${command.replace(/^/gm, '  ')}\n`,
  );
  return `${WORDS}\n${entries.join('\n')}`;
}

const WORDS = `# What lvsdoctor runs on a host, as one script of sh; "lvsdoctor collect --script" prints it whole.
# run, limit: the program that follows, ended when its time is over
# root: the same as root: as it is by root, else by sudo -n where that is allowed, else not at all
# files: prints files, each with its name
# keepalived_files: keepalived.conf as the running daemon was told (-f), else the default, and all that it includes
# keepalived_processes: pid, start and command line of each keepalived of this host, from /proc
`;

const HEAD = `# Printed by lvsdoctor. Looks at this host and changes nothing; prints what it sees, for lvsdoctor diagnose --snapshot.
lvsdoctor() {
LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin
export LC_ALL PATH
unset CDPATH IFS GREP_OPTIONS
set -u
nl='
'
read -r mark </proc/sys/kernel/random/uuid
read -r up _ </proc/uptime
last=$((\${up%.*} + SECONDS))
left=5
me=$(id -u)
exec 4>&1
sudo=no
printf '${ANSWER} %s\\nhost %s\\ntime %s\\nuser %s\\n' "$mark" "$(uname -n)" "$(date +%s)" "$me"

# limit COMMAND...: ends it when $left seconds are over.
if timeout -k 1 5 true 2>/dev/null; then
  limit() { timeout -k 1 "$left" "$@" 3>&- 4>&-; }
else
  limit() {
    "$@" 3>&- 4>&- &
    pid=$!
    { sleep "$left"; kill "$pid"; sleep 1; kill -9 "$pid"; } >/dev/null 2>&1 3>&- 4>&- &
    dog=$!
    wait "$pid"
    code=$?
    kill "$dog" 2>/dev/null
    return "$code"
  }
fi

# failed HOW [PROGRAM]: an exit code, missing, or root.
failed() { printf '%s exit %s\\n' "$mark" "$*" >&3; }

# run COMMAND..., root COMMAND...: as the table of probes says.
run() {
  if command -v "$1" >/dev/null 2>&1; then limit "$@" || failed "$?"; else failed missing "$1"; fi
}
root() {
  if [ "$me" -eq 0 ]; then run "$@"
  elif ! command -v "$1" >/dev/null 2>&1; then failed missing "$1"
  elif [ "$sudo" = yes ]; then limit sudo -n "$@" || failed "$?"
  else failed root; fi
}
# A user whom sudo does not know is reported to root: asked once, not for each command.
if [ "$me" -ne 0 ] && command -v sudo >/dev/null 2>&1 && limit sudo -n -l 3>&1 >/dev/null 2>&1; then sudo=yes; fi

# probe NAME SECONDS BYTES FUNCTION: what it prints, at most BYTES + 1, then how it ended and what it complained of.
probe() {
  read -r up _ </proc/uptime
  left=$((last - \${up%.*}))
  if [ "$left" -le 0 ]; then
    printf '\\n%s late %s\\n' "$mark" "$1"
    return
  fi
  [ "$left" -lt "$2" ] || left=$2
  printf '\\n%s probe %s %s\\n' "$mark" "$1" "$up"
  said=$({ { { "$4" || failed "$?"; } | head -c "$(($3 + 1))" >&4; } 2>&1 | { head -c 400; cat >/dev/null; }; } 3>&1)
  read -r up _ </proc/uptime
  printf '\\n%s said %s\\n%s' "$mark" "$up" "$said"
}

# hidden FILE: whether it is not known to be there or not, because a folder on the way to it is closed to this user.
hidden() {
  way=\${1%/*}
  while [ -n "$way" ] && [ ! -d "$way" ]; do way=\${way%/*}; done
  [ ! -x "\${way:-/}" ]
}

# emit FILE: prints it behind its mode and name; what is not there is passed over.
emit() {
  case $1 in *"$nl"*) return ;; esac
  by=run
  if [ ! -r "$1" ]; then
    if [ -e "$1" ] || hidden "$1"; then by=root; else return 0; fi
  elif [ ! -f "$1" ]; then
    # A link to /dev/null switches a file off.
    [ ! "$1" -ef /dev/null ] || printf '\\n%s file -rw-r--r-- %s\\n' "$mark" "$1"
    return 0
  fi
  mode=$("$by" ls -ldnL -- "$1")
  [ -n "$mode" ] || return 0
  printf '\\n%s file %s %s\\n' "$mark" "\${mode%% *}" "$1"
  "$by" cat -- "$1"
}

files() {
  for file; do
    # /lib is /usr/lib on most machines, and /etc/sysctl.d/99-sysctl.conf is /etc/sysctl.conf.
    case $file in /lib/*) [ ! /lib -ef /usr/lib ] || continue ;; esac
    if [ -L "$file" ] && [ "$file" -ef /etc/sysctl.conf ]; then continue; fi
    emit "$file"
  done
}

# The directories of /proc of this host's keepalived: of one machine several network namespaces may be hosts.
keepalived_daemons() {
  own=$(readlink /proc/self/ns/net)
  for dir in /proc/[0-9]*; do
    { read -r name <"$dir/comm"; } 2>/dev/null || continue
    case $name in keepalived*) ;; *) continue ;; esac
    # One that has ended, and that nobody has asked how, has no command line.
    limit grep -q -a . "$dir/cmdline" 2>/dev/null || continue
    # One that only tests its files is no daemon.
    if limit grep -q -a -z -x -E -e '-t|--config-test.*' "$dir/cmdline" 2>/dev/null; then continue; fi
    net=$(readlink "$dir/ns/net" 2>/dev/null)
    [ -n "$net" ] && [ "$net" != "$own" ] || printf '%s\\n' "$dir"
  done
}

keepalived_processes() {
  read -r now _ </proc/uptime
  now=\${now%.*}
  keepalived_daemons | while IFS= read -r dir; do
    { read -r stat <"$dir/stat"; } 2>/dev/null || continue
    set -- \${stat##*) }
    # Field 22 of proc(5) stat, in hundredths of a second since the boot.
    printf '%s %s %s\\n' "\${dir#/proc/}" "$(($(date +%s) - now + \${20} / 100))" "$(limit tr '\\000\\n' '  ' <"$dir/cmdline")"
  done
}

# The files that running daemons were started with, else the default.
keepalived_mains() {
  keepalived_daemons | while IFS= read -r dir; do
    wanted=no
    limit tr '\\000' '\\n' <"$dir/cmdline" 2>/dev/null | while IFS= read -r word; do
      if [ "$wanted" = yes ]; then printf '%s\\n' "$word"; wanted=no; continue; fi
      case $word in
        --use-file=*) printf '%s\\n' "\${word#*=}" ;;
        --use-file | -f | -[A-Za-z]*f) wanted=yes ;;
        -f*) printf '%s\\n' "\${word#-f}" ;;
      esac
    done
  done
}

keepalived_files() {
  seen=$nl
  taken=0
  mains=$(keepalived_mains)
  while IFS= read -r main; do
    case $main in /*) printf '\\n%s main %s\\n' "$mark" "$main"; take "$main" ;; esac
  done <<MAINS
\${mains:-/etc/keepalived/keepalived.conf}
MAINS
  # Includes whose names hold a variable or braces are not followed: most of them are here.
  found=$([ ! -d /etc/keepalived ] || limit find /etc/keepalived -maxdepth 4 -name '*.conf' 2>/dev/null)
  while IFS= read -r main; do
    case $main in /etc/keepalived/keepalived.conf) ;; /*) take "$main" ;; esac
  done <<FOUND
$found
FOUND
}

# take FILE: prints it and what it includes, each once. Functions call each other, so what has to last is in $1 and $2.
take() {
  case $seen in *"$nl$1$nl"*) return ;; esac
  [ "$taken" -lt 500 ] || { failed many; return; }
  seen=$seen$1$nl
  taken=$((taken + 1))
  emit "$1"
  while IFS= read -r pattern; do
    [ -z "$pattern" ] || include "\${1%/*}" "$pattern"
  done <<PATTERNS
$(patterns_in "$1")
PATTERNS
}

# What the include lines of a file name, also behind @id; comments end a name (keepalived.conf(5)).
patterns_in() {
  by=limit
  if [ ! -r "$1" ]; then if [ "$sudo" = yes ]; then by=root; else return; fi; fi
  [ ! -e "$1" ] || "$by" sed -n -e '/^[[:space:]]*\\(@[^[:space:]]*[[:space:]][[:space:]]*\\)\\{0,1\\}include[rmwba]\\{0,1\\}[[:space:]]/!d' \\
    -e 's/^[[:space:]]*\\(@[^[:space:]]*[[:space:]][[:space:]]*\\)\\{0,1\\}include[rmwba]\\{0,1\\}[[:space:]]*//' \\
    -e 's/[[:space:]]*[#!].*$//' -e 's/[[:space:]]*$//' -e p -- "$1"
}

# include FOLDER PATTERN: every file that a name or a pattern in the last part of a path stands for.
include() {
  case $2 in '\${_PWD}/'* | '$_PWD/'*) set -- "$1" "\${2#*/}" ;; esac
  case $2 in *['\${}"']*) return ;; esac
  case $2 in /*) ;; *) set -- "$1" "$1/$2" ;; esac
  set -- "\${2%/*}" "\${2##*/}"
  case $1 in *['*?[']*) return ;; esac
  if hidden "$1/$2"; then failed root; return; fi
  printf '\\n%s looked %s/%s\\n' "$mark" "$1" "$2"
  case $2 in
    *['*?[']*) for entry in "$1"/*; do case \${entry##*/} in $2) [ ! -f "$entry" ] || take "$entry" ;; esac; done ;;
    *) take "$1/$2" ;;
  esac
}

`;

const TAIL = `printf '\\n%s complete\\n' "$mark"
}
lvsdoctor </dev/null
`;
