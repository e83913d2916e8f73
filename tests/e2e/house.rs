//! The real binary, started on a folder of its own and stopped at the end, also with `kill -9`.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Nothing that these tests wait for takes longer, even on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A data folder with a configuration that may fetch from this machine.
pub(crate) struct House {
    folder: tempfile::TempDir,
}

impl House {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let house = Self { folder };
        house.configure(
            "[ingest]\nallow_networks = [\"127.0.0.0/8\"]\n[deliver]\nallow_networks = [\"127.0.0.0/8\"]\n",
        );
        house
    }

    /// Replaces the configuration file.
    pub(crate) fn configure(&self, text: &str) {
        std::fs::write(self.config(), text).unwrap();
    }

    fn config(&self) -> PathBuf {
        self.path("staytuned.toml")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_staytuned"));
        for (name, _) in
            std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("STAYTUNED_"))
        {
            command.env_remove(name);
        }
        command.arg("--config").arg(self.config()).arg("--data").arg(self.path("kept")).args(arguments);
        command
    }

    /// Starts a verb, to be spoken with.
    pub(crate) fn begin(&self, arguments: &[&str]) -> Child {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Runs a verb to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).stdin(Stdio::null()).output().unwrap()
    }

    /// Runs a verb that must succeed; its standard output.
    pub(crate) fn ok(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let (out, errors) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{arguments:?}\n{out}\n{errors}");
        out.into_owned()
    }

    /// Runs a verb with standard input.
    pub(crate) fn pipe(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap().unwrap();
        output
    }

    /// Starts `serve` on a free port and waits for nothing: to be killed at any point.
    pub(crate) fn start(&self) -> Running {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let log = keep_reading(child.stderr.take().unwrap());
        Running { child, address: String::new(), admin: String::new(), log }
    }

    /// Starts `serve` on a free port and waits for its address.
    pub(crate) fn serve(&self, arguments: &[&str]) -> Running {
        self.serve_as("127.0.0.1:0", arguments, &[])
    }

    /// The same at an address of the test's choice, with more in its environment.
    pub(crate) fn serve_at(&self, address: &str, environment: &[(&str, &str)]) -> Running {
        self.serve_as(address, &[], environment)
    }

    fn serve_as(&self, address: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Running {
        let mut all = vec!["serve", "--listen", address];
        all.extend(arguments);
        let mut command = self.command(&all);
        command.envs(environment.iter().copied());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let log = keep_reading(child.stderr.take().unwrap());
        let lines = lines(child.stdout.take().unwrap());
        let mut running = Running { child, address: String::new(), admin: String::new(), log };
        let deadline = Instant::now() + PATIENCE;
        while running.admin.is_empty() {
            let left = deadline.saturating_duration_since(Instant::now());
            let line =
                lines.recv_timeout(left).unwrap_or_else(|_| panic!("did not start:\n{}", running.log()));
            let Some(at) = line.find("http://") else { continue };
            let address = line[at..].split_whitespace().next().unwrap().to_owned();
            if line.starts_with("Sign in") {
                running.admin = self.admin_link(address);
            } else {
                running.address = address.trim_end_matches('/').to_owned();
            }
        }
        running
    }

    /// The link that signs the operator in: as it is printed when the token was made, else with the token from where it is
    /// said to be.
    fn admin_link(&self, printed: String) -> String {
        if printed.contains("token=") {
            return printed;
        }
        let kept = std::fs::read_to_string(self.path("kept").join("admin-token"));
        let token = kept.unwrap_or_else(|_| {
            let config = std::fs::read_to_string(self.config()).unwrap();
            let line = config.lines().find_map(|line| line.strip_prefix("admin_token = ")).expect("a token");
            line.trim_matches('"').to_owned()
        });
        format!("{printed}?token={}", token.trim())
    }
}

/// A running `serve`.
pub(crate) struct Running {
    child: Child,
    pub(crate) address: String,
    /// The link that signs the operator in.
    pub(crate) admin: String,
    log: std::sync::Arc<std::sync::Mutex<String>>,
}

impl Running {
    /// Waits until something holds.
    pub(crate) fn wait_until(&self, holds: impl Fn() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !holds() {
            assert!(Instant::now() < deadline, "{}", self.log());
            std::thread::yield_now();
        }
    }

    /// What was logged until now.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// `kill -9`: no chance to tidy up.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, as systemd does, and waits until it has.
    pub(crate) fn stop(self) {
        self.ask_to_stop();
        self.wait_until_ended();
    }

    /// Asks it to stop, as systemd does.
    pub(crate) fn ask_to_stop(&self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    }

    /// Waits until it has stopped.
    pub(crate) fn wait_until_ended(mut self) {
        assert!(self.ends_within(PATIENCE), "does not stop:\n{}", self.log());
    }

    /// Whether it ends before so long.
    pub(crate) fn ends_within(&mut self, within: Duration) -> bool {
        let deadline = Instant::now() + within;
        while self.child.try_wait().unwrap().is_none() {
            if Instant::now() >= deadline {
                return false;
            }
            std::thread::yield_now();
        }
        true
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines(from: impl Read + Send + 'static) -> mpsc::Receiver<String> {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            let _ = send.send(line);
        }
    });
    receive
}

fn keep_reading(from: impl Read + Send + 'static) -> std::sync::Arc<std::sync::Mutex<String>> {
    let log = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let kept = std::sync::Arc::clone(&log);
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            let mut log = kept.lock().unwrap();
            log.push_str(&line);
            log.push('\n');
        }
    });
    log
}

/// A file of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}
