#!/bin/sh
# Makes the certificates of this folder anew, valid from 2020 to 2120. The authority's own key is thrown away.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/ca.cnf" <<END
[ca]
default_ca = test
[test]
database = $work/index.txt
new_certs_dir = $work
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[server]
subjectAltName = DNS:localhost, IP:127.0.0.1, IP:::1
[other-host]
subjectAltName = DNS:elsewhere.test
END
: > "$work/index.txt"

# issue NAME SUBJECT SECTION [OPTION ...]
issue() {
  name=$1 subject=$2 section=$3
  shift 3
  openssl ecparam -name prime256v1 -genkey -noout -out "$name-key.pem"
  openssl req -new -key "$name-key.pem" -subj "/CN=$subject" -out "$work/request.pem"
  openssl ca -batch -notext -config "$work/ca.cnf" -extensions "$section" \
    -startdate 20200101000000Z -enddate 21200101000000Z -in "$work/request.pem" -out "$name.pem" "$@"
}

issue ca 'ambisync test authority' authority -selfsign -keyfile ca-key.pem
issue server localhost server -cert ca.pem -keyfile ca-key.pem
issue other-host elsewhere.test other-host -cert ca.pem -keyfile ca-key.pem
issue self-signed localhost server -selfsign -keyfile self-signed-key.pem
rm ca-key.pem
chmod 644 ./*.pem
