/** What QEMU needs for each kind of processor, by Node's name of it. Another architecture is another row. */

export interface MachineType {
  readonly program: string;
  readonly machine: readonly string[];
  /** Processor when QEMU translates, and when the machine's own is used. */
  readonly translatedProcessor: string;
  readonly ownProcessor: string;
  /** The kernel's console, on QEMU's first serial line. */
  readonly console: string;
}

export const MACHINE_TYPES: Readonly<Partial<Record<NodeJS.Architecture, MachineType>>> = {
  x64: {
    program: "qemu-system-x86_64",
    machine: ["-machine", "pc"],
    translatedProcessor: "max",
    ownProcessor: "host",
    console: "ttyS0",
  },
  arm64: {
    program: "qemu-system-aarch64",
    machine: ["-machine", "virt"],
    translatedProcessor: "max",
    ownProcessor: "host",
    console: "ttyAMA0",
  },
};
