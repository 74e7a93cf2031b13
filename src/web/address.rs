//! The client's address. What a request says about it counts only if the peer is a proxy that the settings trust.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{Extensions, HeaderMap, request::Parts},
};
use ipnet::IpNet;

use super::Site;

/// The other end of the connection; the server loop puts it into every request.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// The address the request came from, as far as it can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAddress(pub IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress
where
    Site: FromRef<S>,
{
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        Ok(client(&parts.extensions, &parts.headers, Site::from_ref(state).trusted_proxies()))
    }
}

/// Walks `X-Forwarded-For` from the right, where our own proxy wrote, for as long as the address before it is a trusted proxy's.
fn client(extensions: &Extensions, headers: &HeaderMap, trusted: &[IpNet]) -> ClientAddress {
    // A request that came through no socket, as in tests, counts as local.
    let peer = extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip().to_canonical());
    let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
    let mut believed = peer;
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !trusted.iter().any(|network| network.contains(&believed)) {
            break;
        }
        let Some(address) = parse_hop(hop.trim()) else { break };
        believed = address.to_canonical();
    }
    ClientAddress(believed)
}

/// Some proxies add the port.
fn parse_hop(hop: &str) -> Option<IpAddr> {
    hop.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn seen(peer: &str, forwarded: &[&'static str], trusted: &[&str]) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(Peer(peer.parse().unwrap()));
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_static(line));
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        client(&extensions, &headers, &trusted).0.to_string()
    }

    #[test]
    fn nobody_is_believed_without_a_trusted_proxy() {
        assert_eq!(seen("192.0.2.1:5", &["203.0.113.9"], &[]), "192.0.2.1");
        assert_eq!(seen("192.0.2.1:5", &["203.0.113.9"], &["10.0.0.0/8"]), "192.0.2.1");
    }

    #[test]
    fn a_trusted_proxy_is_believed_but_not_what_its_client_wrote_before() {
        assert_eq!(seen("10.0.0.1:5", &["198.51.100.7, 203.0.113.9"], &["10.0.0.0/8"]), "203.0.113.9");
        assert_eq!(seen("10.0.0.1:5", &["198.51.100.7", "203.0.113.9, 10.0.0.2:4711"], &["10.0.0.0/8"]), "203.0.113.9");
        assert_eq!(seen("[::ffff:10.0.0.1]:5", &["[2001:db8::1]:99"], &["10.0.0.0/8"]), "2001:db8::1");
        assert_eq!(seen("10.0.0.1:5", &["unknown"], &["10.0.0.0/8"]), "10.0.0.1");
    }
}
