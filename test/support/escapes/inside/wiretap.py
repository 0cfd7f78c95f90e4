# Runs in a test host's container: accepts TCP on the ports given, answers anything, and tells on stdout every mark that
# reaches any of its interfaces in any frame, and every address that sends it one. A mark is what an attempt carries.
import json, re, socket, sys, threading

MARK = re.compile(rb'mk[0-9a-f]{8}x\d{4}z')
told = set()
lock = threading.Lock()


def tell(**fact):
    line = json.dumps(fact, sort_keys=True)
    with lock:
        if line not in told and len(told) < 20000:
            told.add(line)
            print(line, flush=True)


def hear(data):
    for found in MARK.findall(data.lower()):
        tell(mark=found.decode())


def sniff():
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    while True:
        frame, (_, _, kind, _, _) = wire.recvfrom(65535)
        if kind == socket.PACKET_OUTGOING:
            continue
        if frame[12:14] == b'\x08\x00':
            tell(source='.'.join(str(byte) for byte in frame[26:30]))
        hear(frame)


def answer(connection):
    with connection:
        connection.settimeout(3)
        try:
            data = connection.recv(65535)
            hear(data)
            if data:
                connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 8\r\nConnection: close\r\n\r\nreached\n')
        except OSError:
            pass


def serve(port):
    server = socket.create_server(('0.0.0.0', port), backlog=128)
    while True:
        connection, _ = server.accept()
        threading.Thread(target=answer, args=(connection,), daemon=True).start()


threads = [threading.Thread(target=serve, args=(int(port),), daemon=True) for port in sys.argv[1:]]
threads.append(threading.Thread(target=sniff, daemon=True))
for thread in threads:
    thread.start()
# What is sent to a group of the link arrives only at those who joined it.
for group in ('224.0.0.251', '224.0.0.252', '239.255.255.250'):
    try:
        member = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        member.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(group) + bytes(4))
        globals()[group] = member
    except OSError:
        pass
print(json.dumps({'ready': True}), flush=True)
threads[-1].join()
