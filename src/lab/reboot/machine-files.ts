/**
 * What the lab puts into a tree, whatever its init: a network, a look at the host's state, and the phases' commands.
 * All of it lies in one folder of the machine, and so does what it reports.
 */

import { quoteWord } from "../../base/quote-word.ts";
import type { Host } from "../../topology/model.ts";

/** The folder inside the machine. */
export const FOLDER = "/lvsgen-lab";

/** How a state says that it has tables of ours. */
export const NFT_TABLES = "nft tables of lvsgen";

/** Functions that every script below begins with. */
const PRELUDE = `PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH LC_ALL=C
boot=$(cat ${FOLDER}/boot)
# Addresses, sysctls, IPVS, routing and firewall rules, the scripts' records: what stop must put back. What comes with
# ip_vs (its sysctls, its timeouts) only where it is not the kernel's own, which a new network namespace shows.
state() { # NAME
  {
    ip -o addr show | sed 's/^[0-9]*: //; s/  */ /g' | cut -d' ' -f1,3 | grep -v ' fe80:' | sed 's/^/address /'
    grep -s '' /proc/sys/net/ipv4/conf/*/* /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/ip_nonlocal_bind /proc/sys/net/ipv6/ip_nonlocal_bind /proc/sys/net/ipv6/conf/*/forwarding /proc/sys/net/ipv6/conf/*/ndisc_notify |
      sed 's/^/sysctl /'
    if [ -e /proc/net/ip_vs ]; then
      ipvsadm -Sn | sed 's/^/ipvs /'
      unshare --net grep -s '' /proc/sys/net/ipv4/vs/* >${FOLDER}/vs-defaults
      grep -s '' /proc/sys/net/ipv4/vs/* | grep -vxFf ${FOLDER}/vs-defaults | sed 's/^/sysctl /'
      ipvsadm -L --timeout | grep -v ' 900 120 300$' | sed 's/^/timeouts /'
    fi
    ip rule show | sed 's/^/rule /'
    ip -6 rule show | sed 's/^/rule6 /'
    iptables-legacy-save | grep '^-A' | sed 's/^/iptables /'
    ip6tables-legacy-save | grep '^-A' | sed 's/^/ip6tables /'
    ! nft list tables | grep -q lvsgen_ || echo '${NFT_TABLES}'
    for record in /run/lvsgen/*.record /var/run/lvsgen/*.record; do
      [ ! -e "$record" ] || echo "record \${record##*/}"
    done
  } 2>/dev/null | sort -u >${FOLDER}/out/"$1"
  sync
}
# Runs a command, and notes what it says and how it ends.
try() { # NAME COMMAND...
  local name="$1"
  shift
  "$@" >${FOLDER}/out/"$name" 2>&1 </dev/null
  echo "$?" >${FOLDER}/out/"$name".status
  sync
}
`;

/**
 * Brings the host's interfaces up as a network manager would, and down last of all at shut-down; the state is noted
 * both times. An interface is one end of a pair whose other end nobody uses: nothing leaves the machine.
 */
export function networkScript(host: Host): string {
  const names = [...new Set(host.addresses.map((address) => address.interface))];
  const up = [
    // Where IPv6 is a module, ip_vs would bring its sysctls and ::1 along later; hosts have it from the boot.
    "modprobe ipv6",
    // User-Mode Linux refuses tables of nf_tables.
    "if nft -c 'add table inet lvsgen_lab' 2>/dev/null; then",
    `  echo nft >${FOLDER}/out/firewall`,
    "else",
    "  for program in iptables ip6tables; do",
    "    [ ! -e /usr/sbin/$program-legacy ] || update-alternatives --set $program /usr/sbin/$program-legacy",
    "  done",
    "fi",
    "modprobe veth",
    ...names.flatMap((name, index) => [
      `ip link add name ${quoteWord(name)} type veth peer name lab-peer${index}`,
      `ip link set dev lab-peer${index} up`,
      `ip link set dev ${quoteWord(name)} up`,
    ]),
    ...host.addresses.map(
      ({ ip, prefix, interface: name }) => `ip addr add ${ip}/${prefix} dev ${quoteWord(name)}`,
    ),
  ];
  return `${PRELUDE}case $1 in
  start)
    boot=$((boot + 1))
    echo "$boot" >${FOLDER}/boot
    uname -r >${FOLDER}/out/kernel
    ip link set dev lo up
${up.map((line) => `    ${line}`).join("\n")}
    state "$boot.up"
    ;;
  stop) state "$boot.down" ;;
esac
exit 0
`;
}

/** Runs the commands of this boot when all is up. */
export function phaseScript(phases: readonly string[]): string {
  const cases = phases.map((commands, index) => `  ${index + 1})\n${commands}\n    ;;`);
  return `${PRELUDE}case $boot in\n${cases.join("\n")}\nesac\n`;
}
