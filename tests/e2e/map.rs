//! The map of a story in a real browser: moved, looked closer at, by mouse and keys, and a plain picture without script.

use crate::house::{House, repository};
use serde_json::Value;
use std::process::Command;

#[test]
fn a_map_is_moved_and_looked_closer_at() {
    let house = House::new();
    let running = house.serve(&["--demo"]);
    let mut articles = 0;
    running.wait_for_event(0, |kind, _| {
        articles += u32::from(matches!(kind, "article_joined" | "copy_folded"));
        articles == 150
    });
    let stories = running.stories();
    let largest = stories.iter().max_by_key(|story| story["articles"].as_u64()).unwrap()["id"].to_string();
    let output = Command::new("node")
        .arg(repository("tests/browser/map.mjs"))
        .args([running.address.as_str(), &largest])
        .output()
        .expect("node");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let seen: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(seen["complaints"], serde_json::json!([]));
    let view = |step: &str| -> Vec<f64> {
        let view = seen["steps"][step].as_array().unwrap();
        view.iter().map(|number| number.as_f64().unwrap()).collect()
    };
    let near = |one: f64, other: f64| (one - other).abs() < 0.5;
    let (whole, closer, dragged, wheeled) = (view("whole"), view("closer"), view("dragged"), view("wheeled"));
    assert!(near(closer[2] * 1.6, whole[2]), "the button looks closer: {seen:#}");
    assert!(dragged[0] > closer[0] && dragged[1] > closer[1], "the picture goes with the hand: {seen:#}");
    assert!(near(dragged[2], closer[2]) && seen["stayed"] == true, "and a drag is no press: {seen:#}");
    assert!(wheeled[2] < dragged[2], "the wheel looks closer: {seen:#}");
    assert_eq!(view("again"), whole);
    let (plus, right, down) = (view("plus"), view("right"), view("down"));
    assert!(near(plus[2] * 1.6, whole[2]), "so does +: {seen:#}");
    assert!(right[0] > plus[0] && near(right[1], plus[1]) && down[1] > right[1], "arrows move: {seen:#}");
    assert_eq!(view("zero"), whole);
    assert!(seen["place"].as_str().is_some_and(|name| !name.is_empty()), "{seen:#}");
    assert_eq!(seen["withoutScript"], true);
    assert_eq!(seen["buttons"], 0, "what needs the script is not there without it");
    assert!(seen["links"].as_u64().unwrap() > 3, "{seen:#}");
    let names: Vec<&str> = seen["names"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(names.contains(&"Orrunda"), "the demo's own places: {names:?}");
}
