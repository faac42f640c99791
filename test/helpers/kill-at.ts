/**
 * Shell commands that run a command and kill it, with all that it started, when it has said that many commands; what it
 * said comes on standard error, and "ended 137" where it was killed.
 *
 * @param said a file of the caller's own
 */
export function killAt(command: string, at: number, said = "/tmp/said"): string {
  // dash takes "kill -9 -- -PID" for a mistake.
  return `: >${said}
setsid ${command} >${said} 2>&1 &
while kill -0 "$!" 2>/dev/null; do
  [ "$(grep -c '^+' ${said})" -lt ${at} ] || kill -9 "-$!"
done
if wait "$!"; then :; else echo "ended $?" >&2; fi
cat ${said} >&2`;
}
