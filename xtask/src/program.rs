//! The program as it ships, driven from outside for figures: run to its end, or served and looked at.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// A program that is not ready by then will never be.
const READY_WITHIN: Duration = Duration::from_secs(120);

/// Where the built program lies.
pub(crate) struct Program(PathBuf);

/// What a run cost.
pub(crate) struct Run {
    pub(crate) output: String,
    pub(crate) wall: Duration,
    /// Processor time of all threads.
    pub(crate) cpu: Duration,
    /// The most resident memory it had, in bytes.
    pub(crate) peak: u64,
}

impl Program {
    /// Builds the program in the profile that is shipped, unless `PROGRAM` names one that is built.
    pub(crate) fn build() -> Result<Self> {
        if let Some(built) = std::env::var_os("PROGRAM") {
            return Ok(Self(PathBuf::from(built)));
        }
        let built = Command::new("cargo")
            .args(["build", "--quiet", "--profile", "dist", "--package", "staytuned"])
            .status()
            .context("cargo")?;
        if !built.success() {
            bail!("the program does not build");
        }
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
        Ok(Self(target.join("dist/staytuned")))
    }

    /// A program that is built already.
    pub(crate) fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Bytes of the file.
    pub(crate) fn size(&self) -> Result<u64> {
        Ok(std::fs::metadata(&self.0).context("program")?.len())
    }

    fn command(&self, data: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.0);
        command.arg("--data").arg(data).args(arguments).env("STAYTUNED_LOG_LEVEL", "warn");
        command
    }

    /// Runs a verb to its end, measured by the operating system.
    pub(crate) fn run(&self, data: &Path, arguments: &[&str]) -> Result<Run> {
        let timed = self.command(data, arguments);
        let mut command = Command::new("/usr/bin/time");
        command.args(["-f", "%e %U %S %M"]).arg(timed.get_program()).args(timed.get_args());
        command.envs(timed.get_envs().filter_map(|(name, value)| Some((name, value?))));
        // Ours, and no option of the program.
        command.env_remove("STAYTUNED_MODELS");
        let output = command.output().context("GNU time (Debian package time) is needed")?;
        let errors = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            bail!("{arguments:?} failed: {errors}");
        }
        let figures: Vec<f64> = errors
            .lines()
            .next_back()
            .unwrap_or_default()
            .split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect();
        let [wall, user, system, kilobytes] = figures.as_slice() else { bail!("no figures: {errors}") };
        Ok(Run {
            output: String::from_utf8_lossy(&output.stdout).into_owned(),
            wall: Duration::from_secs_f64(*wall),
            cpu: Duration::from_secs_f64(user + system),
            peak: (*kilobytes as u64) * 1024,
        })
    }

    /// Starts serving and waits until the pages can be asked for.
    pub(crate) fn serve(&self, data: &Path) -> Result<Served> {
        self.serve_with(data, &[])
    }

    /// The same with further arguments.
    pub(crate) fn serve_with(&self, data: &Path, arguments: &[&str]) -> Result<Served> {
        let started = Instant::now();
        let mut child = self
            .command(data, &[&["serve", "--listen", "127.0.0.1:0"], arguments].concat())
            .stdout(Stdio::piped())
            .spawn()
            .context("serve")?;
        let mut out = BufReader::new(child.stdout.take().context("serve has no output")?);
        let mut line = String::new();
        out.read_line(&mut line).context("serve said nothing")?;
        let address =
            line.split("http://").nth(1).context("no address")?.trim().trim_end_matches('/').to_owned();
        let mut served = Served { child, _out: out, address, ready_after: Duration::ZERO };
        while !is_ready(&served.address) {
            if started.elapsed() > READY_WITHIN {
                bail!("the program does not get ready");
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        served.ready_after = started.elapsed();
        Ok(served)
    }
}

/// The program while it serves.
pub(crate) struct Served {
    child: Child,
    /// Held open: what the program says goes somewhere.
    _out: BufReader<ChildStdout>,
    /// Host and port.
    pub(crate) address: String,
    pub(crate) ready_after: Duration,
}

impl Served {
    /// Resident memory in bytes, once it has not grown for a second.
    pub(crate) fn settled_memory(&self) -> Result<u64> {
        let (mut last, mut still) = (0, 0);
        for _ in 0..600 {
            std::thread::sleep(Duration::from_millis(100));
            let now = self.memory()?;
            still = if now <= last + (1 << 18) { still + 1 } else { 0 };
            last = now;
            if still == 10 {
                break;
            }
        }
        Ok(last)
    }

    fn memory(&self) -> Result<u64> {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).context("memory")?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("memory")?;
        let kilobytes: u64 = line.split_whitespace().nth(1).context("memory")?.parse()?;
        Ok(kilobytes * 1024)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn is_ready(address: &str) -> bool {
    use std::io::{Read, Write};
    let Ok(mut stream) = std::net::TcpStream::connect(address) else { return false };
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let mut answer = String::new();
    stream.write_all(request.as_bytes()).is_ok()
        && stream.read_to_string(&mut answer).is_ok()
        && answer.starts_with("HTTP/1.1 200")
}
