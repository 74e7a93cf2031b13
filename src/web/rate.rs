//! A limit on how often one client may do what costs storage or time. In memory: it protects this process, it is no accounting.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::{ClientAddress, Failure};

/// Most clients remembered. Above it, those whose bucket is full again are forgotten, which changes nothing for them.
const MOST_CLIENTS: usize = 10_000;

/// A token bucket per client: `burst` requests at once, then one every `interval`.
///
/// Per client only the moment is kept at which its bucket will be full again; the tokens follow from it. Clones share one set of buckets.
#[derive(Debug, Clone)]
pub struct RateLimit {
    interval: Duration,
    burst: u32,
    full_again: Arc<Mutex<HashMap<IpAddr, Instant>>>,
}

impl RateLimit {
    /// A limit with full buckets.
    #[must_use]
    pub fn new(burst: u32, interval: Duration) -> Self {
        Self { interval, burst, full_again: Arc::default() }
    }

    /// Takes one token of this client.
    ///
    /// # Errors
    /// [`Failure::TooMany`] with the time after which a token will be there.
    pub fn take(&self, client: ClientAddress, now: Instant) -> Result<(), Failure> {
        let mut full_again = self.full_again.lock().unwrap_or_else(PoisonError::into_inner);
        if full_again.len() >= MOST_CLIENTS {
            full_again.retain(|_, moment| *moment > now);
        }
        if full_again.len() >= MOST_CLIENTS {
            // Only a flood from very many addresses leads here; forgetting all is kinder than refusing everyone.
            full_again.clear();
        }
        let moment = full_again.entry(network(client.0)).or_insert(now);
        let next = (*moment).max(now) + self.interval;
        let missing = next.saturating_duration_since(now).saturating_sub(self.interval * self.burst);
        if missing > Duration::ZERO {
            return Err(Failure::TooMany { retry_after: missing });
        }
        *moment = next;
        Ok(())
    }
}

/// One client usually has a whole /64 of IPv6 addresses.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(text: &str) -> ClientAddress {
        ClientAddress(text.parse().unwrap())
    }

    #[test]
    fn a_burst_passes_then_one_per_interval() {
        let limit = RateLimit::new(3, Duration::from_secs(10));
        let start = Instant::now();
        let here = client("192.0.2.1");
        for _ in 0..3 {
            assert!(limit.take(here, start).is_ok());
        }
        let Err(Failure::TooMany { retry_after }) = limit.take(here, start + Duration::from_secs(4)) else { panic!("the fourth passed") };
        assert_eq!(retry_after, Duration::from_secs(6));
        assert!(limit.take(client("192.0.2.2"), start).is_ok(), "another client was refused");
        assert!(limit.take(here, start + Duration::from_secs(10)).is_ok());
        assert!(limit.take(here, start + Duration::from_secs(10)).is_err());
    }

    #[test]
    fn neighbours_in_one_ipv6_network_share_a_bucket() {
        let limit = RateLimit::new(1, Duration::from_secs(10));
        let now = Instant::now();
        assert!(limit.take(client("2001:db8::1"), now).is_ok());
        assert!(limit.take(client("2001:db8::2"), now).is_err());
        assert!(limit.take(client("2001:db8:0:1::1"), now).is_ok());
    }

    #[test]
    fn the_number_of_remembered_clients_is_bounded() {
        let limit = RateLimit::new(1, Duration::from_secs(1));
        let now = Instant::now();
        for number in 0..30_000_u32 {
            assert!(limit.take(ClientAddress(IpAddr::V4(number.into())), now).is_ok());
        }
        assert!(limit.full_again.lock().unwrap().len() <= MOST_CLIENTS);
    }
}
