/**
 * Red Hat Enterprise Linux and what is rebuilt from it. Versions are those of a release's last minor release, which
 * `yum update` brings. Red Hat adds features to kernels without raising their version; only those that were found in
 * its sources are listed. sysv is offered where chkconfig and the function library of `initscripts` are part of a
 * minimal system. No package list of these was at hand: OpenELA publishes Red Hat's spec files and kernel configurations.
 */

import { assumed, documented, type Row, type Source } from "../platform.ts";
import type { ShippedSysctls } from "../shipped-sysctls.ts";
import { bySubscription, centosStreamMirror, classicMirror, streamsMirror } from "./centos-mirrors.ts";

type Preset =
  | "shell"
  | "runDirectory"
  | "archived"
  | "lacks"
  | "backports"
  | "unknown"
  | "renamed"
  | "libnl"
  | "nginx";

type Version = Omit<Row, Preset> & Partial<Row>;

/** Of a system whose packages are made after Red Hat's. */
export function redHatRow(values: Version): Row {
  return {
    shell: "bash",
    runDirectory: "/run",
    archived: false,
    lacks: [],
    backports: [],
    unknown: [],
    renamed: {},
    libnl: ["libnl3-devel"],
    nginx: "own",
    ...values,
  };
}

/**
 * @param packages of which package names with versions were seen, and where
 * @param boot what sets sysctls at boot
 */
function sources(packages: string, kernel: string | Source, mirrors: string, boot: string): Source[] {
  return [
    documented(boot, "sysctls"),
    documented(packages, "ipvsadm", "iproute2", "keepalived", "kernels"),
    typeof kernel === "string" ? documented(kernel, "lacks", "backports") : kernel,
    documented(
      "Red Hat's release notes and package manifests",
      "inits",
      "systemd",
      "shell",
      "iptables",
      "nft",
      "packageManager",
      "renamed",
      "libnl",
      "nginx",
      "python",
      "runDirectory",
    ),
    documented(mirrors, "archived", "mirror"),
  ];
}

/** RHEL 9 and its rebuilds split iptables. */
export const splitIptables = { iptables: "iptables-nft" };

const vault = "wiki.centos.org: end of life, moved to vault.centos.org";
const subscription = "Red Hat's content delivery network keeps packages of its releases";

const initscripts6: ShippedSysctls = {
  "net.ipv4.ip_forward": 0,
  "net.ipv4.conf.default.rp_filter": 1,
  "net.bridge.bridge-nf-call-iptables": 0,
  "net.bridge.bridge-nf-call-ip6tables": 0,
  "net.bridge.bridge-nf-call-arptables": 0,
};
const systemd7: ShippedSysctls = {
  "net.ipv4.conf.all.rp_filter": 1,
  "net.ipv4.conf.default.rp_filter": 1,
};
const systemd8: ShippedSysctls = { "net.ipv4.conf.all.rp_filter": 1 };
const release9Conf: ShippedSysctls = {
  "net.ipv4.conf.default.rp_filter": 1,
  "net.ipv4.conf.*.rp_filter": 1,
};
const boot8 =
  "redhat-plumbers/systemd-rhel8, sysctl.d/50-default.conf (239); lnykryn/systemd-rhel pull request 292 takes 2 back to 1";

const release6 = redHatRow({
  sysctls: initscripts6,
  proven: "run",
  kernels: ["2.6.32"],
  python: "2.6",
  // upstart, which runs SysV scripts.
  inits: ["sysv"],
  systemd: null,
  ipvsadm: "1.26",
  iproute2: "2.6.32",
  keepalived: "1.2.13",
  iptables: "legacy",
  nft: false,
  packageManager: "yum",
  runDirectory: "/var/run",
  archived: true,
  // util-linux-ng 2.17, module-init-tools 3.9, procps 3.2.8: the projects were renamed in 2010 to 2012.
  renamed: { flock: "util-linux-ng", modprobe: "module-init-tools", sysctl: "procps", nft: null },
  libnl: ["libnl-devel"],
  nginx: "epel",
  mirror: classicMirror("6.10", 6),
  backports: ["persistence engine sip", "protocol sctp", "one-packet scheduling"],
  sources: sources(
    "rpm -q on machines: kernel-2.6.32-696.el6, ipvsadm-1.26-4.el6, iproute-2.6.32-45.el6, keepalived-1.2.13-5.el6_6",
    "kernel-2.6.32-696.el6, kernel-2.6.32-x86_64.config: IPV6=y, SCTP=y, PE_SIP=m, no NFCT; include/linux/ip_vs.h: ONEPACKET",
    vault,
    "initscripts' /etc/sysctl.conf of 6, as machines have it; libvirt's wiki has its settings of bridges",
  ),
});

const release7 = redHatRow({
  sysctls: systemd7,
  proven: "run",
  kernels: ["3.10"],
  python: "2.7",
  inits: ["systemd", "sysv"],
  systemd: 219,
  ipvsadm: "1.27",
  iproute2: "4.11",
  keepalived: "1.3.5",
  iptables: "legacy",
  nft: true,
  packageManager: "yum",
  libnl: ["libnl-devel", "libnl3-devel"],
  nginx: "epel",
  mirror: bySubscription(7),
  backports: ["sysctl conn_reuse_mode"],
  sources: sources(
    "rpm -q on machines: kernel-3.10.0-1160.el7, ipvsadm-1.27-8.el7, iproute-4.11.0-30.el7, keepalived-1.3.5-19.el7",
    "config-3.10.0-327.el7: the ten classic schedulers, IPV6=y, SCTP=y, NFCT=y, PE_SIP=m; RHEL 7 Documentation/networking/ipvs-sysctl.txt: conn_reuse_mode",
    subscription,
    "lnykryn/systemd-rhel, sysctl.d/50-default.conf (219); what initscripts' 00-system.conf sets of bridges is not the same in all minor releases",
  ),
});

const release8 = redHatRow({
  sysctls: systemd8,
  proven: "run",
  kernels: ["4.18"],
  python: "3.6",
  inits: ["systemd", "sysv"],
  systemd: 239,
  ipvsadm: "1.31",
  iproute2: "6.2",
  keepalived: "2.1.5",
  iptables: "nft",
  nft: true,
  packageManager: "dnf",
  mirror: bySubscription(8),
  sources: sources(
    "OpenELA, spec files for 8.10: kernel 4.18.0, ipvsadm 1.31-1 (since 8.2), iproute 6.2.0-5; keepalived-2.1.5-6.el8 on a machine",
    "OpenELA, kernel SOURCES/kernel-x86_64.config of 8: FO=m, OVF=m, MH=m, IPV6=y, SCTP=y, PE_SIP=m",
    subscription,
    boot8,
  ),
});

const release9 = redHatRow({
  sysctls: release9Conf,
  proven: "run",
  kernels: ["5.14"],
  python: "3.9",
  inits: ["systemd"],
  systemd: 252,
  ipvsadm: "1.31",
  iproute2: "6.11",
  keepalived: "2.2.8",
  iptables: "nft",
  nft: true,
  packageManager: "dnf",
  renamed: splitIptables,
  mirror: bySubscription(9),
  lacks: ["scheduler twos"],
  sources: sources(
    "OpenELA, spec files for 9: kernel 5.14.0, keepalived 2.2.8-5; ipvsadm-1.31-6.el9 and iproute-6.11.0-1.el9 on machines",
    "OpenELA, kernel SOURCES/kernel-x86_64-rhel.config of 9: FO=m, OVF=m, MH=m, IPV6=y, SCTP=y, PE_SIP=m; IP_VS_TWOS is not set",
    subscription,
    "redhat-release's 50-redhat.conf, which comes after systemd's 50-default.conf with 2: ComplianceAsCode/content issue 9376 (RHEL 9); rocky-release.spec of 9.2 installs it; `sysctl --system` of RHEL 9.3 sets 1 on each interface",
  ),
});

const release10 = redHatRow({
  sysctls: {},
  proven: "documented",
  kernels: ["6.12"],
  python: "3.12",
  inits: ["systemd"],
  systemd: 257,
  ipvsadm: "1.31",
  iproute2: "6.11",
  keepalived: "2.2.8",
  iptables: "nft",
  nft: true,
  packageManager: "dnf",
  renamed: splitIptables,
  mirror: bySubscription(10),
  lacks: ["scheduler twos"],
  sources: sources(
    "AlmaLinux 10.0's package lists: kernel 6.12.0, systemd 257-9, ipvsadm 1.31-15, iproute 6.11.0-1, keepalived 2.2.8-9, iptables-nft 1.8.11; systemd-257-23 and keepalived-2.2.8-9 on machines with 10.2; Python 3.12: Red Hat's \"Installing and using dynamic programming languages\" of 10",
    assumed(
      "what OpenELA's kernel-riscv64-rhel.config of 10 has (FO=m, OVF=m, MH=m, IPV6=y, SCTP=y, PE_SIP=m; IP_VS_TWOS is not set) is so on other architectures, as it is on x86_64 in 9",
      "lacks",
    ),
    subscription,
    "what redhat-release and systemd of 10 set was not found",
  ),
});

/** The same packages under another project's name. */
export function rebuilt(base: Row, mirrors: string, values: Partial<Row> & Pick<Row, "mirror">): Row {
  return {
    ...base,
    ...values,
    sources: [
      ...(values.sources ?? base.sources).filter(({ columns }) => !columns.includes("mirror")),
      documented(mirrors, "archived", "mirror"),
    ],
  };
}

const keyOfCentos8 = "RPM-GPG-KEY-centosofficial";

export const centos = {
  6: release6,
  7: rebuilt(release7, vault, { archived: true, mirror: classicMirror("7.9.2009", 7) }),
  // It ended with 8.5.
  8: rebuilt(release8, vault, {
    archived: true,
    iproute2: "5.12",
    unknown: ["scheduler mh", "scheduler flag mh-port", "scheduler flag mh-fallback"],
    mirror: streamsMirror("8.5.2111", 8, {
      keys: [keyOfCentos8],
      files: [
        "CentOS-Base.repo",
        "CentOS-AppStream.repo",
        "CentOS-Extras.repo",
        "CentOS-Linux-BaseOS.repo",
        "CentOS-Linux-AppStream.repo",
        "CentOS-Linux-Extras.repo",
      ],
    }),
    sources: sources(
      "8.5: kernel 4.18.0-348; OpenELA, ipvsadm 1.31-1 (since 8.2); iproute-5.12.0-4.el8 and keepalived-2.1.5-6.el8 on machines",
      "RHEL 8's later configuration has every scheduler up to mh; what 8.5 had of mh was not found",
      vault,
      boot8,
    ),
  }),
  9: rebuilt(release9, "CentOS Stream 9 is on mirror.stream.centos.org; files of its centos-stream-repos", {
    mirror: centosStreamMirror(9, keyOfCentos8),
  }),
  10: rebuilt(
    release10,
    'CentOS Stream 10 is on mirror.stream.centos.org; files of its centos-stream-repos and centos-gpg-keys 10.0-23; Fedora\'s documents, "EPEL branches": pub/epel/10 is for CentOS Stream 10',
    { mirror: centosStreamMirror(10, `${keyOfCentos8}-SHA256`) },
  ),
} as const satisfies Record<number, Row>;

export const rhel = {
  7: release7,
  8: release8,
  9: release9,
  10: release10,
} as const satisfies Record<number, Row>;

export const rocky = {
  8: rebuilt(release8, "rockylinux.org: supported until 2029", {
    mirror: streamsMirror("8", 8, {
      keys: ["RPM-GPG-KEY-rockyofficial"],
      files: ["Rocky-BaseOS.repo", "Rocky-AppStream.repo", "Rocky-Extras.repo"],
    }),
  }),
  9: rebuilt(release9, "rockylinux.org: supported until 2032", {
    mirror: streamsMirror("9", 9, {
      keys: ["RPM-GPG-KEY-Rocky-9"],
      files: ["rocky.repo", "rocky-extras.repo"],
    }),
  }),
  10: rebuilt(release10, "rocky-repos and rocky-gpg-keys of 10", {
    mirror: streamsMirror("10", 10, {
      keys: ["RPM-GPG-KEY-Rocky-10"],
      files: ["rocky.repo", "rocky-extras.repo"],
    }),
  }),
} as const satisfies Record<number, Row>;

export const almalinux = {
  8: rebuilt(release8, "almalinux.org: supported until 2029", {
    mirror: streamsMirror("8", 8, { keys: ["RPM-GPG-KEY-AlmaLinux"], files: ["almalinux.repo"] }),
  }),
  9: rebuilt(release9, "almalinux.org: supported until 2032", {
    mirror: streamsMirror("9", 9, {
      keys: ["RPM-GPG-KEY-AlmaLinux-9"],
      files: ["almalinux-baseos.repo", "almalinux-appstream.repo", "almalinux-extras.repo"],
    }),
  }),
  10: rebuilt(release10, "almalinux-repos and almalinux-gpg-keys of 10", {
    mirror: streamsMirror("10", 10, {
      keys: ["RPM-GPG-KEY-AlmaLinux-10"],
      files: ["almalinux-baseos.repo", "almalinux-appstream.repo", "almalinux-extras.repo"],
    }),
  }),
} as const satisfies Record<number, Row>;
