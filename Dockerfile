# The program of a release and nothing else. packaging/build makes target/packages/image, and this is built in it:
#   docker build --file Dockerfile --tag heygen-doctor target/packages/image
FROM scratch
# The builder sets it, such as linux/amd64; a default here would be taken for every processor.
ARG TARGETPLATFORM
COPY ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --chmod=755 ${TARGETPLATFORM}/heygen-doctor /usr/bin/heygen-doctor
# No user of this number has to exist. Nothing is written unless a flag names a file.
USER 65532:65532
ENTRYPOINT ["/usr/bin/heygen-doctor"]
