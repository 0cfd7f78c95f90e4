# Runs in a bottle as its step: makes every attempt of a list, a few at a time, and prints a line of JSON for each.
import json, os, signal, subprocess, sys
from concurrent.futures import ThreadPoolExecutor

plan = json.load(open(sys.argv[1]))


def attempt(one):
    env = {**os.environ, **plan['env'], 'MARK': one['mark'], 'T': f"python3 -I {plan['env']['KIT']}/tools.py"}
    run = subprocess.Popen(
        ['bash', '-c', one['tries']],
        env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )
    try:
        said, _ = run.communicate(timeout=one['seconds'])
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        said = b'(took too long)'
        run.wait()
    text = said[-300:].decode('utf8', 'replace').strip()
    print(json.dumps({'attempt': one['name'], 'code': run.returncode, 'said': text}), flush=True)


with ThreadPoolExecutor(plan['width']) as pool:
    list(pool.map(attempt, plan['attempts']))
