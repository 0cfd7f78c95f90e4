# What the attempts are made with: `tools.py VERB ARGS`. Every packet carries the attempt's mark. Exit 0: the call went through.
import ctypes, errno, fcntl, os, platform, random, socket, struct, subprocess, sys, time

mark = os.environ.get('MARK', '').encode()
patience = 2.5


def tcp(host, port, text=None):
    with socket.create_connection((host, int(port)), patience) as link:
        link.sendall(text.encode() if text else b'GET /%s HTTP/1.0\r\nHost: %s\r\n\r\n' % (mark, mark))
        link.recv(1)


def udp(host, port):
    link = socket.socket(socket.AF_INET6 if ':' in host else socket.AF_INET, socket.SOCK_DGRAM)
    link.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    for _ in range(3):
        link.sendto(mark, socket.getaddrinfo(host, int(port), link.family, socket.SOCK_DGRAM)[0][4])
        time.sleep(0.1)


def shout(host, port):
    """To everybody on the link, with or without a route: SO_BINDTODEVICE is anybody's since Linux 5.7."""
    link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    link.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    link.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b'eth0')
    for _ in range(3):
        link.sendto(mark, (host, int(port)))
        time.sleep(0.1)


def icmp(host):
    v6 = ':' in host
    link = socket.socket(socket.AF_INET6 if v6 else socket.AF_INET, socket.SOCK_DGRAM, 58 if v6 else 1)
    link.settimeout(patience)
    link.sendto(struct.pack('!BBHHH', 128 if v6 else 8, 0, 0, 7, 7) + mark, socket.getaddrinfo(host, None, link.family)[0][4])
    link.recv(2000)


def question(name):
    return struct.pack('!6H', 7, 0x100, 1, 0, 0, 0) + b''.join(bytes([len(l)]) + l.encode() for l in name.split('.')) + b'\0\0\1\0\1'


def dns(server, way, name, port='53'):
    asked = question(name)
    kind = socket.SOCK_DGRAM if way == 'udp' else socket.SOCK_STREAM
    link = socket.socket(socket.AF_INET, kind)
    link.settimeout(patience)
    link.connect((server, int(port)))
    link.sendall(asked if way == 'udp' else struct.pack('!H', len(asked)) + asked)
    link.recv(2000)


def via(host, port, text):
    """Sends text to a proxy as it is, with escapes made real, and prints what comes back."""
    with socket.create_connection((host, int(port)), patience) as link:
        for part in text.replace('MARK', mark.decode()).split('|PAUSE|'):
            link.sendall(part.encode('latin1').decode('unicode_escape').encode('latin1'))
            link.settimeout(1.2)
            try:
                print(link.recv(600).decode('latin1', 'replace'))
            except TimeoutError:
                pass


def hello(host, port, target, name):
    """CONNECT to a target, then a TLS ClientHello with another server name in it."""
    import ssl
    with socket.create_connection((host, int(port)), patience) as link:
        link.sendall(f'CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n'.encode())
        print(link.recv(200).decode('latin1', 'replace'))
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        if name == 'alpn':
            context.set_alpn_protocols([mark.decode()])
        context.wrap_socket(link, server_hostname=None if name == 'alpn' else name.replace('MARK', mark.decode()))


def unix(path):
    link = socket.socket(socket.AF_UNIX)
    link.connect('\0' + path[1:] if path.startswith('@') else path)
    link.sendall(mark)
    link.recv(1)


def checksum(data):
    total = sum(struct.unpack('!%dH' % (len(data) // 2), data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def mac_of(interface='eth0'):
    return bytes.fromhex(open(f'/sys/class/net/{interface}/address').read().strip().replace(':', ''))


def neighbour(address):
    udp(address, 9)
    for line in open('/proc/net/arp'):
        if line.startswith(address + ' '):
            return bytes.fromhex(line.split()[3].replace(':', ''))
    return b'\xff' * 6


def frame(to, source, host, port):
    """An IP packet in a frame of our own making: to a hardware address (or the neighbour's with that IP, or all)."""
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    wire.bind(('eth0', 0))
    hardware = b'\xff' * 6 if to == 'all' else neighbour(to)
    load = struct.pack('!4H', 4000, int(port), 8 + len(mark), 0) + mark
    head = struct.pack('!2B3H2BH4s4s', 69, 0, 20 + len(load), 7, 0, 64, 17, 0, socket.inet_aton(source), socket.inet_aton(host))
    head = head[:10] + struct.pack('!H', checksum(head)) + head[12:]
    for _ in range(3):
        wire.send(hardware + mac_of() + b'\x08\x00' + head + load)
        time.sleep(0.1)


def arp(claimed):
    """Tells the whole link that an address is ours; the mark travels in the padding."""
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    wire.bind(('eth0', 0))
    mac, address = mac_of(), socket.inet_aton(claimed)
    for _ in range(3):
        wire.send(b'\xff' * 6 + mac + b'\x08\x06' + struct.pack('!HHBBH', 1, 0x800, 6, 4, 2) + mac + address + b'\xff' * 6 + address + mark)
        time.sleep(0.1)


def listen():
    """Promiscuous mode on the link."""
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    wire.bind(('eth0', 0))
    wire.setsockopt(263, 1, struct.pack('iHH8s', socket.if_nametoindex('eth0'), 1, 0, b''))


def option(level, name, value):
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).setsockopt(int(level), int(name), int(value))


def raw(family, kind, protocol):
    socket.socket(getattr(socket, family), getattr(socket, kind), int(protocol))


def opens(path, how='r'):
    """Opens and closes; reads and writes nothing."""
    os.close(os.open(path, {'r': os.O_RDONLY, 'w': os.O_WRONLY}[how] | os.O_NONBLOCK))


# Numbers of linux/unistd.h: x86_64, and the generic table that arm64 uses.
numbers = {
    'add_key': (248, 217), 'keyctl': (250, 219), 'request_key': (249, 218), 'bpf': (321, 280), 'perf_event_open': (298, 241),
    'userfaultfd': (323, 282), 'io_uring_setup': (425, 425), 'reboot': (169, 142), 'kexec_load': (246, 104),
    'init_module': (175, 105), 'delete_module': (176, 106), 'syslog': (103, 116), 'clock_settime': (227, 112),
    'acct': (163, 89), 'swapoff': (168, 225), 'mbind': (237, 235), 'kcmp': (312, 272), 'personality': (135, 92),
    'open_by_handle_at': (304, 265), 'pivot_root': (155, 41), 'mount': (165, 40), 'unshare': (272, 97), 'setns': (308, 268),
    'fsopen': (430, 430), 'fanotify_init': (300, 262), 'setdomainname': (171, 162), 'vhangup': (153, 58),
    'quotactl': (179, 60), 'move_pages': (279, 239), 'open_tree': (428, 428), 'ptrace': (101, 117),
}


def sys_(name, *words):
    """Makes a system call; exit 0 unless the kernel says EPERM, EACCES or ENOSYS (a bad argument means: it was let in)."""
    number = numbers[name][0 if platform.machine() == 'x86_64' else 1]
    libc = ctypes.CDLL(None, use_errno=True)
    given = [ctypes.c_long(int(w, 0)) if w.lstrip('-')[:1].isdigit() else ctypes.c_char_p(w.encode()) for w in words]
    result = libc.syscall(ctypes.c_long(number), *given)
    error = ctypes.get_errno() if result == -1 else 0
    print(name, result, errno.errorcode.get(error, error))
    sys.exit(1 if error in (errno.EPERM, errno.EACCES, errno.ENOSYS) else 0)


def ring(host, port):
    """Connects and sends by io_uring alone (IORING_OP_CONNECT, IORING_OP_SEND): no socket call that a filter would see."""
    import mmap
    libc = ctypes.CDLL(None, use_errno=True)
    params = ctypes.create_string_buffer(120)
    fd = libc.syscall(ctypes.c_long(425), ctypes.c_long(4), params)
    if fd < 0:
        raise OSError(ctypes.get_errno(), 'io_uring_setup')
    features, = struct.unpack_from('I', params, 20)
    sq = struct.unpack_from('7I', params, 40)
    sizes = struct.unpack_from('2I', params, 0)
    rings = mmap.mmap(fd, max(sq[6] + sizes[0] * 4, 4096), mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE, offset=0)
    entries = mmap.mmap(fd, sizes[0] * 64, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE, offset=0x10000000)
    link = socket.socket()
    where = ctypes.create_string_buffer(struct.pack('=H', 2) + struct.pack('!H', int(port)) + socket.inet_aton(host) + bytes(8), 16)
    text = ctypes.create_string_buffer(b'GET /%s HTTP/1.0\r\n\r\n' % mark)
    # opcode, flags, ioprio, fd, off, addr, len, flags: 16 is CONNECT, 26 is SEND
    steps = ((16, 0, 0, link.fileno(), 16, ctypes.addressof(where), 0, 0), (26, 0, 0, link.fileno(), 0, ctypes.addressof(text), len(text) - 1, 0))
    for number, step in enumerate(steps):
        struct.pack_into('BBHiQQII', entries, 64 * number, *step)
        struct.pack_into('I', rings, sq[6] + 4 * number, number)
        struct.pack_into('I', rings, sq[1], number + 1)
        # One at a time, each waited for.
        libc.syscall(ctypes.c_long(426), ctypes.c_long(fd), ctypes.c_long(1), ctypes.c_long(number + 1), ctypes.c_long(1), None, ctypes.c_long(0))
    time.sleep(0.3)


def fork(count):
    """That many processes alive at once; each ends by itself, if its bottle does not end before."""
    for _ in range(int(count)):
        if os.fork() == 0:
            time.sleep(20)
            os._exit(0)


def threads(count):
    import threading
    threading.stack_size(65536)
    for _ in range(int(count)):
        threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
    os._exit(0)


def memory(mib):
    held = []
    for _ in range(int(mib)):
        held.append(os.urandom(1024) * 1024)


def files(processes, pipes):
    """Open pipes, as many as a process may have, in several processes at once; fails when one of them does."""
    import resource
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    (full, filled), (over, hold) = os.pipe(), os.pipe()
    children = []
    for _ in range(int(processes)):
        child = os.fork()
        if child == 0:
            os.close(hold)
            for _ in range(int(pipes)):
                os.pipe()
            # Held until the last one is full too.
            os.close(filled)
            os.read(over, 1)
            os._exit(0)
        children.append(child)
    os.close(filled)
    os.read(full, 1)
    os.close(hold)
    sys.exit(any(os.waitpid(child, 0)[1] for child in children))


def fill(path, mib):
    with open(path, 'wb', 0) as out:
        try:
            for _ in range(int(mib)):
                out.write(bytes(1 << 20))
            os.fsync(out.fileno())
        finally:
            os.truncate(path, 0)


verb, *words = sys.argv[1:]
try:
    {**globals(), 'sys': sys_}[verb](*words)
except (OSError, RuntimeError, MemoryError) as error:
    print(f'{type(error).__name__}: {error}')
    sys.exit(1)
