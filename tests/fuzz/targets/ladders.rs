//! The ladders that the program ships.

use std::sync::{Arc, LazyLock};

use fixpath::tree::ladder::{Ladder, Ladders};

/// Exchange and Windows.
pub static LADDERS: LazyLock<Ladders> = LazyLock::new(|| {
    Ladders::new([
        Arc::new(Ladder::from_csv("exchange", "Exchange Server", include_str!("../../../trees/ladders/exchange.csv")).unwrap()),
        Arc::new(Ladder::from_csv("windows", "Windows", include_str!("../../../trees/ladders/windows.csv")).unwrap()),
    ])
});
