class HeygenDoctor < Formula
  desc "Finds out why a HeyGen API key is refused, and writes the ticket"
  homepage "@REPOSITORY@"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "@URL aarch64-apple-darwin@"
      sha256 "@SHA256 aarch64-apple-darwin@"
    end
    on_intel do
      url "@URL x86_64-apple-darwin@"
      sha256 "@SHA256 x86_64-apple-darwin@"
    end
  end

  on_linux do
    on_arm do
      url "@URL aarch64-unknown-linux-musl@"
      sha256 "@SHA256 aarch64-unknown-linux-musl@"
    end
    on_intel do
      url "@URL x86_64-unknown-linux-musl@"
      sha256 "@SHA256 x86_64-unknown-linux-musl@"
    end
  end

  def install
    bin.install "heygen-doctor"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/heygen-doctor.bash" => "heygen-doctor"
    fish_completion.install "completions/heygen-doctor.fish"
    zsh_completion.install "completions/_heygen-doctor"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/heygen-doctor --version")
    assert_match "key_encoded", shell_output("#{bin}/heygen-doctor check --simulate support-ticket", 3)
  end
end
