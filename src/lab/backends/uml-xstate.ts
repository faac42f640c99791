/**
 * A library, in C, that User-Mode Linux loads before the C library: ptrace() which gets and sets all of a process's
 * extended registers, whatever part of them the kernel inside knows.
 *
 * The host's kernel takes a whole XSAVE area only (arch/x86/kernel/fpu/regset.c, xstateregs_set: "A whole
 * standard-format XSAVE buffer is needed"). Registers that the kernel inside does not know keep what they have: its
 * programs never ask for AMX, and without arch_prctl(ARCH_REQ_XCOMP_PERM) they cannot use it.
 *
 * It declares what it uses, so that a compiler is enough, without the C library's headers.
 */
export const WHOLE_XSTATE = `
long syscall(long number, ...);
void *memcpy(void *to, const void *from, unsigned long length);
struct iovec { void *iov_base; unsigned long iov_len; };

enum { SYS_ptrace = 101 }; /* of x86-64 */
enum { PEEKTEXT = 1, PEEKUSER = 3, GETREGSET = 0x4204, SETREGSET = 0x4205, NT_X86_XSTATE = 0x202 };

static long call(long request, long pid, void *addr, void *data)
{
    return syscall(SYS_ptrace, request, pid, addr, data);
}

static unsigned long smaller(unsigned long a, unsigned long b) { return a < b ? a : b; }

long ptrace(long request, long pid, void *addr, void *data)
{
    static char area[65536] __attribute__((aligned(64)));
    struct iovec whole = { area, sizeof area }, *part = data;
    long word, result;

    /* The system call stores what it peeks; the C library returns it. */
    if (request >= PEEKTEXT && request <= PEEKUSER) {
        result = call(request, pid, addr, &word);
        return result < 0 ? result : word;
    }
    if ((request != GETREGSET && request != SETREGSET) || addr != (void *)NT_X86_XSTATE)
        return call(request, pid, addr, data);

    result = call(GETREGSET, pid, addr, &whole);
    if (result < 0)
        return result;
    part->iov_len = smaller(part->iov_len, whole.iov_len);
    if (request == GETREGSET) {
        memcpy(part->iov_base, area, part->iov_len);
        return result;
    }
    memcpy(area, part->iov_base, part->iov_len);
    return call(SETREGSET, pid, addr, &whole);
}
`;
