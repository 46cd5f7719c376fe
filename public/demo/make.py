#!/usr/bin/env python3
"""Makes access.log.gz from a combined access log: `make.py IN.gz OUT.gz`.

Addresses are replaced: the first two parts stay (so that most countries stay), the last two become a keyed hash with a
key that is thrown away. The site's own name becomes demo.example, and so does everything that names a person or a host.
"""
import gzip
import hashlib
import os
import re
import sys

KEY = os.urandom(16)
LINE = re.compile(rb'^(\d+)\.(\d+)\.(\d+)\.(\d+) \S+ \S+ (.*)$', re.S)


def replaced(match):
    whole = b'.'.join(match.group(i) for i in range(1, 5))
    digest = hashlib.blake2b(whole, key=KEY, digest_size=2).digest()
    return b'%s.%s.%d.%d - - %s' % (match.group(1), match.group(2), digest[0], digest[1], match.group(5))


kept = []
with gzip.open(sys.argv[1]) as lines:
    for line in lines:
        match = LINE.match(line)
        if not match:
            continue
        line = re.sub(rb'(?:[a-z]+\.)?semicomplete\.com', b'demo.example', replaced(match)).replace(b'semicomplete', b'demo')
        # Addresses of other machines that referrers and user agents may hold.
        head, rest = line.split(b' ', 1)
        kept.append(head + b' ' + re.sub(rb'\d+\.\d+\.\d+\.\d+(?=[:/"])', b'192.0.2.1', rest))
with gzip.GzipFile(sys.argv[2], 'wb', 9, mtime=0) as out:
    out.writelines(kept)
print(len(kept), 'lines')
