//! Happenings that look alike and are two.

use crate::newsroom::{assign, experienced, headline, told};

/// Both headlines come within the hour, and again in the other order.
fn two_stories(one: &str, other: &str) {
    for (first, second) in [(one, other), (other, one)] {
        let decisions = assign(&mut experienced(), &[headline(100, first), headline(130, second)]);
        assert_ne!(decisions[0].story, decisions[1].story, "{first} / {second}: {decisions:?}");
    }
}

#[test]
fn the_next_in_a_row() {
    two_stories(
        "Council adopts 12th sanctions package against Varnia",
        "Council adopts 13th sanctions package against Varnia",
    );
}

#[test]
fn attacker_and_attacked() {
    two_stories("Varnia attacks Lemberia with drones", "Lemberia attacks Varnia with drones");
}

#[test]
fn the_same_in_another_country() {
    two_stories(
        "Central bank of Varnia raises rate to 50 percent",
        "Central bank of Morlanta raises rate to 50 percent",
    );
    two_stories("Earthquake of magnitude 6 shakes Virrat", "Earthquake of magnitude 6 shakes Keldmoor");
}

#[test]
fn texts_on_two_earthquakes() {
    let first = told(
        "a.example",
        100,
        "Strong earthquake kills nine near Virrat",
        "An earthquake of magnitude 6.1 killed nine people near Virrat on Tuesday. Houses of clay fell in the Orm valley, and the road to Lake Sarn was cut. Rescuers from the capital flew in with dogs.",
    );
    let second = told(
        "b.example",
        400,
        "Earthquake off Port Anselm injures dozens",
        "A strong earthquake off the coast of Port Anselm injured dozens of people on Tuesday. A hotel on the Bay of Tesk lost its roof, and the harbour was closed for fear of a wave. No one was killed.",
    );
    let decisions = assign(&mut experienced(), &[first, second]);
    assert_ne!(decisions[0].story, decisions[1].story);
}
