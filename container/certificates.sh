#!/bin/sh
# Makes what host and Redis speak TLS with, in the folder that is given: ca.pem, host.pem, host.key, redis.pem, redis.key. What is there
# stays until a month before it ends. REGIMEN_NAMES says by which names browsers call the host. Put certificates of your own there, and
# they are left alone.
set -eu

folder=${1:?Say which folder the certificates belong in.}
names=${REGIMEN_NAMES:-localhost,127.0.0.1}
days=800
month=2592000

lasts() { openssl x509 -noout -checkend "$month" -in "$folder/$1" >/dev/null 2>&1; }
if lasts ca.pem && lasts host.pem && lasts redis.pem; then
  echo "The certificates in $folder are good for another month."
  exit 0
fi

umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# localhost,127.0.0.1 -> DNS:localhost,IP:127.0.0.1
alternatives() {
  echo "$1" | tr ',' '\n' | sed -E -e 's/^ +| +$//g' -e 's/^([0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:]*)$/IP:\1/' -e t -e 's/^/DNS:/' | paste -sd, -
}

make() { # name, names that it is called by, user that reads the key
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
    -keyout "$work/$1.key" -out "$work/$1.csr" 2>/dev/null
  {
    echo "basicConstraints = CA:FALSE"
    echo "keyUsage = digitalSignature"
    echo "extendedKeyUsage = serverAuth"
    echo "subjectAltName = $(alternatives "$2")"
  } >"$work/$1.ext"
  openssl x509 -req -in "$work/$1.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial \
    -days "$days" -extfile "$work/$1.ext" -out "$work/$1.pem" 2>/dev/null
  if [ "$(id -u)" = 0 ]; then chown "$3" "$work/$1.key"; fi
  chmod 444 "$work/$1.pem"
}

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days "$days" -subj "/CN=Regimen of this machine" \
  -addext "basicConstraints = critical, CA:TRUE" -addext "keyUsage = critical, keyCertSign" \
  -keyout "$work/ca.key" -out "$work/ca.pem" 2>/dev/null
chmod 444 "$work/ca.pem"
make host "$names" 1000
make redis redis,localhost,127.0.0.1 999

# The key that signed both ends here: nobody signs anything else with it. What is looked for first comes last.
for file in redis.key redis.pem host.key host.pem ca.pem; do
  cp -p "$work/$file" "$folder/.$file"
  mv "$folder/.$file" "$folder/$file"
done
echo "Made certificates for $names in $folder, good for $days days."
