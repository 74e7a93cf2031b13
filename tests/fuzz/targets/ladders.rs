//! The ladders that the program ships.

use std::sync::{Arc, LazyLock};

use fixpath::tree::ladder::{Ladder, Ladders};

/// Exchange and Windows.
pub static SHIPPED: LazyLock<[Ladder; 2]> = LazyLock::new(|| {
    [
        Ladder::from_csv("exchange", "Exchange Server", include_str!("../../../trees/ladders/exchange.csv")).unwrap(),
        Ladder::from_csv("windows", "Windows", include_str!("../../../trees/ladders/windows.csv")).unwrap(),
    ]
});

/// The same by their keys.
pub static LADDERS: LazyLock<Ladders> = LazyLock::new(|| Ladders::new(SHIPPED.clone().map(Arc::new)));
