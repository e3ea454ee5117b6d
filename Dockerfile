# syntax=docker/dockerfile:1
# gmm in an image without shell and package manager, for a user other than root; docs/deployment.md#in-a-container describes it.
#
#   docker build -t gmm .
#   docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/data" gmm train faithful.csv -k 2 -o model.npz

# Both images are Ubuntu 24.04, so the program is linked with the C library that it runs on.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
RUN apt-get update && apt-get install -y --no-install-recommends binutils gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY .editorconfig Directory.Build.props Directory.Packages.props LICENSE global.json ./
COPY src src
RUN dotnet publish src/GmmNative.Cli -c Release -r linux-x64 -p:PublishAot=true -o /app

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
COPY --from=build /app /usr/local/bin
WORKDIR /data
USER 1654
ENTRYPOINT ["/usr/local/bin/gmm"]
CMD ["--help"]
